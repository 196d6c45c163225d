const SHOP = [
  "/catalog",
  "/catalog/makeup",
  "/catalog/face/creams?attr.skin_type=dry&discounted=1",
  "/search?q=gfnxb",
  "/search?q=zzzz",
  "/promo/podarki",
  "/about",
  "/brands",
  "/nowhere",
  "/p/podarochnyj-sertifikat",
  "/p/podarochnyj-sertifikat/reviews",
  "/shops/0001",
  "/shops?q=орша&open=1&service=parking",
  "/price-check",
  "/price-check?ean=4810000000018&shop=0001",
  "/price-check?town=орша",
  "/price-check/claims",
  "/price-check?kiosk=0001",
  "/favorites",
  "/favorites/shared/none",
]
/** Every page anybody may open. */
export const OPEN = [
  "/",
  ...SHOP,
  "/register",
  "/sign-in",
  "/recover",
  "/recover/number",
  "/recover/letter?t=none",
  "/representative",
  "/shops",
  "/demo/outbox",
  "/unsubscribe?t=none",
]
/** Pages beside the shop's: where staff sign in, and what opens without a network. They are in one language, or choose it themselves. */
export const BESIDE = ["/office", "/office/be", "/office/en", "/docs", "/pocket.html", "/away-price.html", "/away-shops.html"]
/** Every page of the account. */
export const MINE = [
  ...[
    "/my",
    "/my/card",
    "/my/bonuses",
    "/my/receipts",
    "/my/receipts/missing",
    "/my/data",
    "/my/data/consent/ads_sms",
    "/my/data/renew",
    "/my/data/person",
    "/my/data/copy",
    "/my/data/merge",
    "/my/data/leave",
  ],
  ...["/my/reviews", "/my/subscriptions", "/my/subscriptions/received", "/my/devices"],
]
