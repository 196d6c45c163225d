// The process imports run in. It lives as long as whoever began it, or until there was nothing to do for a while.
import { type ApartData, runApart } from "./in-process.ts"

process.once("disconnect", () => process.exit()) // also when the one who began it was killed: an import is kept step by step
process.once("message", (data: ApartData) => runApart(data, (told) => process.send?.(told)))
