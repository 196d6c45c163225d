import { index, layout, prefix, route, type RouteConfig } from "@react-router/dev/routes"

// Russian without a prefix, /be/… and /en/… beside it; the root refuses any other first segment that is no page
export default [
  ...prefix(":lang?", [
    index("home/page.tsx"),
    route("register", "register/page.tsx"),
    route("sign-in", "sign-in/page.tsx"),
    route("recover", "recover/page.tsx"),
    route("view", "parts/view.ts"),
    route("demo/outbox", "demo/outbox.tsx"),
    layout("my/layout.tsx", [route("my", "my/home/page.tsx")]),
  ]),
] satisfies RouteConfig
