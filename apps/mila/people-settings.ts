import { oneOf, whole } from "./setting-kinds.ts"

/** Who may come in, and how. */
export const PEOPLE_SETTINGS = {
  foreignPhones: oneOf({
    name: "MILA_FOREIGN_PHONES",
    meaning: "Whether people may register with a phone of another country",
    words: ["refuse", "allow"],
    otherwise: "refuse",
  }),
  dormantMonths: whole({
    name: "MILA_DORMANT_MONTHS",
    meaning: "After so many months without a sign-in or a purchase a code by SMS alone opens no account: a second fact is asked",
    unit: "months",
    from: 1,
    to: 60,
    otherwise: 6,
  }),
}
