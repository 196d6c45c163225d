import { sign } from "node:crypto"

/** A JSON Web Token signed with RSA and SHA-256 (RFC 7515, RFC 7518: RS256). `key` is PEM, `keyId` what the other side knows it by. */
export function signedJwt(claims: object, { key, keyId }: { key: string; keyId: string }): string {
  const signed = [{ alg: "RS256", typ: "JWT", kid: keyId }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
    .join(".")
  return `${signed}.${sign("sha256", Buffer.from(signed), key).toString("base64url")}`
}

/** An instant as tokens say it: whole seconds since 1970. */
export const secondsOf = (at: Date): number => Math.floor(at.getTime() / 1000)
