import { reactRouter } from "@react-router/dev/vite"
import { defineConfig } from "vite"

export default defineConfig({
  plugins: [reactRouter()],
  // the house's own modules are not bundled: pages and doors share one copy, and with it one class of refusal
  ssr: {
    external: [
      "@mila/kernel",
      "@mila/cards",
      "@mila/ledger",
      "@mila/loyalty",
      "@mila/members",
      "@mila/membership",
      "@mila/messages",
      "@mila/papers",
      "@mila/privacy",
      "@mila/shops",
      "@mila/staff",
      "@mila/tills",
    ],
  },
  build: { assetsInlineLimit: 0, sourcemap: false, target: "es2022" },
  logLevel: "warn",
})
