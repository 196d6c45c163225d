import { refuserOf } from "@mila/kernel"

export type MessageRefusal =
  /** no message has this number */
  | "message_not_found"
  /** the address a browser gave is at no service we would knock at */
  | "push_service_unknown"
  /** advertising is written to fit one SMS: 70 characters in Cyrillic */
  | "sms_too_long"

export const refuse = refuserOf<MessageRefusal>()
