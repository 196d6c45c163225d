import { reactRouter } from "@react-router/dev/vite"
import { defineConfig } from "vite"

export default defineConfig({
  plugins: [reactRouter()],
  // the house's own modules are not bundled: pages and doors share one copy, and with it one class of refusal and one text of each statement
  environments: { ssr: { build: { rolldownOptions: { external: /^@mila\// } } } },
  build: { assetsInlineLimit: 0, sourcemap: false, target: "es2022" },
  logLevel: "warn",
})
