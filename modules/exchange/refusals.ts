import { refuserOf } from "@mila/kernel"

export type ExchangeRefusal =
  /** not well-formed, or an end without a beginning: `line`, `field` say where */
  | "xml_broken"
  /** declares types or entities: nothing a catalogue needs, and a way to read or blow up what is not its own */
  | "xml_doctype"
  /** deeper, longer or larger than any catalogue is */
  | "too_large"
  /** neither UTF-8 nor windows-1251, or says one and is another */
  | "encoding_unknown"
  /** neither CommerceML nor YML, CSV or XLSX */
  | "format_unknown"
  /** CommerceML 1, or one nobody has seen */
  | "version_unsupported"
  /** nothing of it could be taken */
  | "nothing_taken"
  /** the archive is damaged, encrypted, names a place outside itself or is larger inside than it may be */
  | "archive_unfit"
  | "file_name_invalid"
  | "file_not_found"
  /** a bank card number stood in it, so its bytes are gone */
  | "file_forgotten"
  /** none of the first rows names a column without which rows mean nothing */
  | "column_missing"
  /** begun again and again, it ended at the same place each time: it wants more memory than there is, or meets a fault of ours. `state`, `record`: how far it came */
  | "import_breaks_off"
  | "import_not_found"
  /** only what is held may be released */
  | "import_not_held"
  /** it is over already */
  | "import_ended"
  | "price_type_not_found"
  | "warehouse_not_found"

export const refuse = refuserOf<ExchangeRefusal>()
