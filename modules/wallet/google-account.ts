import { createPrivateKey } from "node:crypto"
import type { GoogleKeys } from "./google-keys.ts"

/**
 * What a service account's JSON file of Google's says, as it is downloaded from the console. Errors: a sentence of what is wrong with it, which repeats nothing
 * of it.
 */
export function readGoogleAccount(text: string): Pick<GoogleKeys, "email" | "key" | "keyId" | "tokenUrl"> {
  const read = parsed(text)
  const { type, client_email: email, private_key: key, private_key_id: keyId, token_uri: tokenUrl } = read
  if (type !== "service_account") throw new Error("is not the JSON of a service account")
  if (![email, key, keyId, tokenUrl].every((part) => typeof part === "string" && part !== ""))
    throw new Error("lacks client_email, private_key, private_key_id or token_uri")
  if (!isRsa(String(key))) throw new Error("has no RSA key in private_key")
  if (!/^https?:\/\//.test(String(tokenUrl))) throw new Error("has no address in token_uri")
  return { email: String(email), key: String(key), keyId: String(keyId), tokenUrl: String(tokenUrl) }
}

function parsed(text: string): Record<string, unknown> {
  try {
    return Object(JSON.parse(text)) as Record<string, unknown>
  } catch {
    throw new Error("is no JSON")
  }
}

function isRsa(key: string): boolean {
  try {
    return createPrivateKey(key).asymmetricKeyType === "rsa"
  } catch {
    return false
  }
}
