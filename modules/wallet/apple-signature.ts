import { createHash, createPrivateKey, type KeyObject, sign, X509Certificate } from "node:crypto"
import type { AppleKeys } from "./apple-keys.ts"
import { der, derOid, derParts, derSet, TAG } from "./der.ts"

const OID = {
  data: "1.2.840.113549.1.7.1",
  signedData: "1.2.840.113549.1.7.2",
  contentType: "1.2.840.113549.1.9.3",
  messageDigest: "1.2.840.113549.1.9.4",
  signingTime: "1.2.840.113549.1.9.5",
  rsa: "1.2.840.113549.1.1.1",
  sha256: "2.16.840.1.101.3.4.2.1",
}

type Signer = { key: KeyObject; certificates: Buffer; issuerAndSerial: Buffer }

const SIGNERS = new WeakMap<AppleKeys, Signer>() // an encrypted key takes a tenth of a second to open

/**
 * A detached signature of `content` (CMS SignedData, RFC 5652: RSA over the signed attributes, SHA-256), with the intermediate's certificate beside ours. It is
 * made by OpenSSL inside Node, a hundred times faster than by a library in JavaScript, which would hold up tills in the same process.
 * Errors: keys that cannot be read throw; the words never hold them.
 */
export function appleSignature(content: Buffer, keys: AppleKeys, { at }: { at: Date }): Buffer {
  const { key, certificates, issuerAndSerial } = signerOf(keys)
  const attributes = [
    attribute(OID.contentType, derOid(OID.data)),
    attribute(OID.signingTime, der(TAG.utcTime, Buffer.from(utcTime(at), "ascii"))),
    attribute(OID.messageDigest, der(TAG.octets, createHash("sha256").update(content).digest())),
  ]
  const signed = derSet(attributes)
  const inside = Buffer.concat(derParts(signed)) // the signature covers a set; in its place it wears another tag
  const signerInfo = der(
    TAG.sequence,
    version,
    issuerAndSerial,
    algorithm(OID.sha256),
    der(TAG.context0, inside),
    algorithm(OID.rsa),
    der(TAG.octets, sign("sha256", signed, key)),
  )
  const signedData = der(
    TAG.sequence,
    version,
    derSet([algorithm(OID.sha256)]),
    der(TAG.sequence, derOid(OID.data)),
    der(TAG.context0, certificates),
    derSet([signerInfo]),
  )
  return der(TAG.sequence, derOid(OID.signedData), der(TAG.context0, signedData))
}

const version = der(TAG.integer, Buffer.from([1]))
const algorithm = (oid: string): Buffer => der(TAG.sequence, derOid(oid), der(TAG.none))
const attribute = (oid: string, value: Buffer): Buffer => der(TAG.sequence, derOid(oid), der(TAG.set, value))

/** `261123090000Z` */
const utcTime = (at: Date): string => `${at.toISOString().slice(2, 19).replace(/\D/g, "")}Z`

function signerOf(keys: AppleKeys): Signer {
  let signer = SIGNERS.get(keys)
  if (!signer) {
    const [ours, wwdr] = [new X509Certificate(keys.certificate).raw, new X509Certificate(keys.wwdr).raw]
    const key = createPrivateKey({ key: keys.key, ...(keys.passphrase === null ? {} : { passphrase: keys.passphrase }) })
    SIGNERS.set(keys, (signer = { key, certificates: Buffer.concat([ours, wwdr]), issuerAndSerial: nameOf(ours) }))
  }
  return signer
}

/** Who issued a certificate and under which number: its own name (X.509: version, serialNumber, signature, issuer, …). */
function nameOf(certificate: Buffer): Buffer {
  const [toBeSigned] = derParts(certificate)
  const [, serialNumber, , issuer] = derParts(toBeSigned!)
  return der(TAG.sequence, issuer!, serialNumber!)
}
