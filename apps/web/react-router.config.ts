import type { Config } from "@react-router/dev/config"

// pages are built into two bundles; both stay out of the repository
export default { appDirectory: "pages", buildDirectory: "build", ssr: true, routeDiscovery: { mode: "initial" } } satisfies Config
