// The public face of the papers: what a member can take away, made of plain values.
export { type DataSection, type PersonalData, personalDataPdf } from "./personal-data-pdf.ts"
export { type Movement, type MovementKind, type PointsStatement } from "./statement.ts"
export { statementCsv } from "./statement-csv.ts"
export { statementPdf } from "./statement-pdf.ts"
