/** What Apple gave the shop. Certificates and key are PEM; the key is RSA and may lie encrypted. */
export type AppleKeys = {
  /** `pass.by.shop.card` */
  passType: string
  team: string
  certificate: string
  key: string
  passphrase: string | null
  /** Apple's intermediate certificate (Worldwide Developer Relations) that signed ours */
  wwdr: string
  /** host of the push service: https://api.push.apple.com, or a stand-in */
  pushUrl: string
  /** PEM of who vouches for a stand-in of the push service; null: whom the system trusts */
  pushAuthority: string | null
}

/** The path of our web service for iPhones, under the shop's own address. */
export const APPLE_PATH = "/wallet/apple"
