import { createHash } from "node:crypto"

const MOST = 64

/**
 * The sku of an offer the source names for the first time: its article where the rules say so and it has one, else its id. Two GUIDs with a # between are longer than
 * a sku may be: then their 64 digits alone, which is exactly as long.
 */
export function skuOf(id: string, article: string | null, wanted: "id" | "article"): string {
  if (wanted === "article" && article !== null && article.length <= MOST) return article
  if (id.length <= MOST) return id
  const digits = id.replace(/[#-]/g, "")
  return /^[0-9a-f]{64}$/i.test(digits) ? digits : `${id.slice(0, 31)}~${createHash("sha256").update(id).digest("hex").slice(0, 32)}`
}
