export type FileKind = "document" | "archive" | "picture"

const KINDS: Readonly<Record<string, FileKind>> = {
  ...{ xml: "document", yml: "document", csv: "document", xlsx: "document", gz: "document" },
  ...{ zip: "archive", jpg: "picture", jpeg: "picture", png: "picture", gif: "picture", webp: "picture", bmp: "picture" },
}
// 1C sends them with goods; nothing here shows them
const NOT_KEPT = new Set(["pdf", "doc", "docx", "html", "htm", "txt", "rtf", "mp4"])
// a file or a folder: letters, digits, and neither a dot first nor any sign a system obeys
const PART = /^[\p{L}\p{N}_(][\p{L}\p{N} ._()+,#-]{0,120}$/u

/** Whether a name may be that of a file of an exchange: relative, below, of a kind we know (rule 23). */
export function isFileName(name: string): boolean {
  return kindOf(name) !== undefined
}

/** What a file of this name is; `unkept`: taken and forgotten; undefined: refused. */
export function kindOf(name: string): FileKind | "unkept" | undefined {
  const parts = name.split("/")
  if (name.length > 255 || parts.length > 6 || !parts.every((part) => PART.test(part) && !part.includes(".."))) return undefined
  const extension = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? ""
  return KINDS[extension] ?? (NOT_KEPT.has(extension) ? "unkept" : undefined)
}
