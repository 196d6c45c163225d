// The public face of the exchange: goods come in from 1C, feeds and sheets, are judged, and reach the catalogue; feeds go out.
export { beginSession, sessionByCookie, type Session } from "./received/sessions.ts"
export { openArchives, openDocument, receivePiece } from "./received/files.ts"
export {
  askImport,
  importById,
  listImports,
  newestImport,
  quarantineOf,
  releaseImport,
  repeatImport,
  stopImport,
  type Import,
  type ImportState,
} from "./received/imports.ts"
export { type ImportRules, USUAL_RULES } from "./import-rules.ts"
export { runImports } from "./run-imports.ts"
export { jobs } from "./tidy.ts"
export type { ExchangeRefusal } from "./refusals.ts"
export { feedZones, ymlFeed } from "./write-yml.ts"
export { listPriceTypes, listWarehouses, sayPriceType, sayWarehouse, type PriceType, type Warehouse } from "./meanings.ts"
export { brakeText, failureText, reasonText } from "./said.ts"
export { importsApart, importsBeside, type ImportLoop } from "./in-process.ts"
export { makePictures } from "./pictures.ts"
