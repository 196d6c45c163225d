/** A service account of Google's that may issue the shop's passes. */
export type GoogleKeys = {
  /** the shop's number at Google Wallet */
  issuer: string
  email: string
  /** PEM */
  key: string
  /** what Google calls the key */
  keyId: string
  /** where the key is exchanged for access (OAuth 2.0, RFC 7523) */
  tokenUrl: string
  /** host of the API: https://walletobjects.googleapis.com, or a stand-in */
  url: string
}
