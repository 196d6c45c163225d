import type { Paint } from "./paint.ts"

/** A drawn shape on a field of 400 × 400, standing on y = 350, and where its words go. */
type Shape = { drawing: string; label: { x: number; y: number; width: number; on: "body" | "cap" | "none" } }

export type Draw = (paint: Paint) => Shape

/** Where words go: the middle of their first line, and how wide they may be. */
export const label = (y: number, width: number, on: "body" | "cap" | "none" = "body", x = 200): Shape["label"] => ({ x, y, width, on })
