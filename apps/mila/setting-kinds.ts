import { readFileSync } from "node:fs"

/** One environment variable: what it means, in what unit, what it is when not set, and how its text is read. */
export type Setting<Value> = {
  name: string
  meaning: string
  unit: string
  /** what the documentation shows when nothing is set */
  otherwise: string
  /** Errors: throws a sentence about what is wrong with the text. */
  read(text: string | undefined): Value
}

type Described = { name: string; meaning: string; unit?: string }

/** A whole number within bounds. */
export function whole({
  name,
  meaning,
  unit = "",
  from,
  to,
  otherwise,
}: Described & { from: number; to: number; otherwise: number }): Setting<number> {
  return {
    ...{ name, meaning, unit: unit || `${from}–${to}`, otherwise: String(otherwise) },
    read(text) {
      if (text === undefined) return otherwise
      const value = Number(text)
      if (!/^\d{1,9}$/.test(text) || value < from || value > to) throw new Error(`is a whole number from ${from} to ${to}`)
      return value
    },
  }
}

/** A text of a given form; `otherwise` null means that it may be missing. */
export function text<Otherwise extends string | null>({
  name,
  meaning,
  unit = "text",
  form = /^[^\0]+$/,
  saying = "may not be empty",
  otherwise,
}: Described & { form?: RegExp; saying?: string; otherwise: Otherwise }): Setting<string | Otherwise> {
  return {
    ...{ name, meaning, unit, otherwise: otherwise ?? "none" },
    read(given) {
      if (given === undefined) return otherwise
      if (!form.test(given)) throw new Error(saying)
      return given
    },
  }
}

/** One of a few words. */
export function oneOf<const Words extends readonly string[]>({
  name,
  meaning,
  words,
  otherwise,
}: Described & { words: Words; otherwise: Words[number] }): Setting<Words[number]> {
  return {
    ...{ name, meaning, unit: words.join(" | "), otherwise },
    read(given) {
      if (given === undefined) return otherwise
      if (!words.includes(given)) throw new Error(`is one of ${words.join(", ")}`)
      return given
    },
  }
}

/** An address on the web, without a path of its own. */
export function address({
  name,
  meaning,
  protocols,
  otherwise,
}: Described & { protocols: readonly string[]; otherwise: string }): Setting<string | null> {
  return {
    ...{ name, meaning, unit: "URL", otherwise },
    read(given) {
      if (given === undefined) return null
      if (!URL.canParse(given) || !protocols.includes(new URL(given).protocol)) {
        throw new Error(`is an address beginning with ${protocols.map((protocol) => `${protocol}//`).join(" or ")}`)
      }
      return given.replace(/\/+$/, "")
    },
  }
}

/** An instant, written 2026-11-23T10:00:00Z. */
export function instant({ name, meaning, otherwise }: Described & { otherwise: string }): Setting<Date | null> {
  return {
    ...{ name, meaning, unit: "instant", otherwise },
    read(given) {
      if (given === undefined) return null
      const at = new Date(given)
      if (!/^\d{4}-\d{2}-\d{2}T.+(?:Z|[+-]\d{2}:\d{2})$/.test(given) || Number.isNaN(at.getTime())) {
        throw new Error("is an instant with its zone: 2026-11-23T10:00:00Z")
      }
      return at
    },
  }
}

/** A text of several lines, itself or in a file: PEM and JSON are themselves, everything else is a path. The value is never shown. */
export function fileOrText({ name, meaning }: Described): Setting<string | null> {
  return {
    ...{ name, meaning, unit: "file, or its text", otherwise: "none" },
    read(given) {
      if (given === undefined) return null
      if (/^\s*(?:-----BEGIN |\{)/.test(given)) return given
      try {
        return readFileSync(given, "utf8")
      } catch {
        throw new Error("names a file that cannot be read")
      }
    },
  }
}

/** Random bytes in base64. The value is never shown. */
export function secretBytes({
  name,
  meaning,
  atLeast,
  otherwise,
}: Described & { atLeast: number; otherwise: string }): Setting<Buffer | null> {
  return {
    ...{ name, meaning, unit: `base64, ≥ ${atLeast} bytes`, otherwise },
    read(given) {
      if (given === undefined) return null
      const bytes = Buffer.from(given, "base64")
      if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(given) || bytes.length < atLeast)
        throw new Error(`is at least ${atLeast} random bytes in base64`)
      return bytes
    },
  }
}
