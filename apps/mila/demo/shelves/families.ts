import { FAMILIES_OF_CARE } from "./families-of-care.ts"
import { FAMILIES_OF_HOME } from "./families-of-home.ts"
import { FAMILIES_OF_LOOKS } from "./families-of-looks.ts"
import type { Family } from "./family.ts"

/** All kinds of goods; times brands and lines they make the demo chain's shelves. */
export const FAMILIES: readonly Family[] = [...FAMILIES_OF_CARE, ...FAMILIES_OF_LOOKS, ...FAMILIES_OF_HOME]
