import { address, oneOf, whole } from "./setting-kinds.ts"

/** Who may come in, and how. */
export const PEOPLE_SETTINGS = {
  officeUrl: address({
    name: "MILA_OFFICE_URL",
    meaning:
      "Address staff open the back office at, where it has a host of its own; passkeys of the staff belong to its host and end with it",
    protocols: ["http:", "https:"],
    otherwise: "MILA_PUBLIC_URL",
  }),
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
