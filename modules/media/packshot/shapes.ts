import { DRESSING } from "./dressing.ts"
import { LOOKS } from "./looks.ts"
import type { Draw } from "./shape.ts"
import { THINGS } from "./things.ts"
import { VESSELS } from "./vessels.ts"

/** Every package that can be drawn. */
export const SHAPES: Readonly<Record<string, Draw>> = { ...VESSELS, ...LOOKS, ...DRESSING, ...THINGS }
