import { fileURLToPath } from "node:url"

/**
 * IBM Plex Sans (SIL Open Font License 1.1): may be embedded and handed on, has Ў ў І і Ё ё, and figures of one width, so that columns of
 * numbers stand under each other.
 */
export const FONTS = {
  regular: fileURLToPath(import.meta.resolve("@expo-google-fonts/ibm-plex-sans/400Regular/IBMPlexSans_400Regular.ttf")),
  strong: fileURLToPath(import.meta.resolve("@expo-google-fonts/ibm-plex-sans/600SemiBold/IBMPlexSans_600SemiBold.ttf")),
} as const

/** Ink on white; every colour of text is told from its ground by 4.5 to 1 or more. */
export const INK = { dark: "#231a1e", soft: "#6d5d63", wine: "#8c1f45", leaf: "#1d5f43", line: "#e4d9cf", tint: "#faf6f0" } as const

/** A4, in points of 1/72 inch. */
export const PAGE = { width: 595.28, height: 841.89, left: 48, top: 52, foot: 62 } as const

export type Style = { font: keyof typeof FONTS; size: number; colour: string; leading: number }

export const STYLE = {
  chain: { font: "strong", size: 11, colour: INK.wine, leading: 15 },
  title: { font: "strong", size: 23, colour: INK.dark, leading: 30 },
  subtitle: { font: "regular", size: 11, colour: INK.soft, leading: 16 },
  heading: { font: "strong", size: 12.5, colour: INK.dark, leading: 18 },
  label: { font: "regular", size: 8, colour: INK.soft, leading: 12 },
  person: { font: "strong", size: 10.5, colour: INK.dark, leading: 15 },
  figure: { font: "strong", size: 15, colour: INK.dark, leading: 21 },
  column: { font: "strong", size: 8, colour: INK.soft, leading: 11 },
  text: { font: "regular", size: 9, colour: INK.dark, leading: 13 },
  strong: { font: "strong", size: 9, colour: INK.dark, leading: 13 },
  gain: { font: "strong", size: 9, colour: INK.leaf, leading: 13 },
  small: { font: "regular", size: 7.5, colour: INK.soft, leading: 11 },
  note: { font: "regular", size: 8.5, colour: INK.soft, leading: 13 },
} as const satisfies Record<string, Style>
