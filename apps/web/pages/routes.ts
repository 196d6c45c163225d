import { index, layout, prefix, route, type RouteConfig } from "@react-router/dev/routes"

// Russian without a prefix, /be/… and /en/… beside it; the root refuses any other first segment that is no page
export default [
  ...prefix(":lang?", [
    index("home/page.tsx"),
    route("register", "register/page.tsx"),
    route("sign-in", "sign-in/page.tsx"),
    route("sign-in/passkey", "sign-in/passkey.ts"),
    route("recover", "recover/page.tsx"),
    route("catalog", "catalog/page.tsx"),
    route("catalog/*", "catalog/category.tsx"),
    route("search", "catalog/search.tsx"),
    route("p/:slug", "product/page.tsx"),
    route("promo/:code", "promo/page.tsx"),
    route("shops", "shops/page.tsx"),
    route("shops/:code", "shops/shop.tsx"),
    route("view", "parts/view.ts"),
    route("demo/outbox", "demo/outbox.tsx"),
    route("unsubscribe", "my/subscriptions/unsubscribe.tsx"),
    layout("my/layout.tsx", [
      route("my", "my/home/page.tsx"),
      route("my/card", "my/card/page.tsx"),
      route("my/card/key", "my/card/key.ts"),
      route("my/bonuses", "my/bonuses/page.tsx"),
      route("my/bonuses/statement", "my/bonuses/statement-file.ts"),
      route("my/receipts", "my/receipts/page.tsx"),
      route("my/receipts/:receiptId", "my/receipts/receipt.tsx"),
      route("my/data", "my/data/page.tsx"),
      route("my/data/consent/:purpose", "my/data/consent.tsx"),
      route("my/data/export", "my/data/export-file.ts"),
      route("my/data/leave", "my/data/leave.tsx"),
      route("my/subscriptions", "my/subscriptions/page.tsx"),
      route("my/devices", "my/devices/page.tsx"),
      route("my/devices/passkey", "my/devices/passkey.ts"),
      route("my/sign-out", "my/devices/sign-out.ts"),
    ]),
  ]),
] satisfies RouteConfig
