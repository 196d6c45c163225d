// The public face of messages to people: queue one, see what waits, carry it, say what became of it and whether it arrived.
export { type Carrier, deliverQueued, localCarrier, noCarrier } from "./carry.ts"
export {
  type AllowedBy,
  type Channel,
  CHANNELS,
  MESSAGES_SETTLED,
  outboxOf,
  type OutboxMessage,
  queueMessage,
  recordDeliveries,
  type Settled,
  takeQueued,
} from "./outbox.ts"
export { advertisingSent, carriedBy, smsStoppedByCaps, type Screen, type Verdict } from "./screen.ts"
export { sendQueued } from "./send.ts"
export { forgetMessagesOf, KEPT } from "./forget.ts"
export { recordDeliveryReports } from "./delivery.ts"
export { jobs } from "./jobs.ts"
export type { Gateway, Written } from "./gateways/gateway.ts"
export { rocketSms } from "./gateways/rocketsms.ts"
export { smsBy } from "./gateways/sms-by.ts"
export { smpp } from "./gateways/smpp.ts"
export { webPush } from "./gateways/web-push.ts"
export { type BrowserSubscription, PUSH_HOSTS, readSubscription } from "./push/endpoints.ts"
export { arePushKeys, newPushKeys, type PushKeys, pushKeysFrom } from "./push/keys.ts"
export { endSubscription, endSubscriptions, keepSubscription, placeName, type PushPlace, pushPlacesOf } from "./push/subscriptions.ts"
export { SMS_CAPS, type SmsCaps, type SmsToday, smsToday } from "./sms-caps.ts"
export { suppress, suppressedSince } from "./suppression.ts"
export { forgetWishes, keepWishes, type Wishes, wishesOf } from "./wishes.ts"
export { smtp } from "./gateways/smtp.ts"
export {
  classOf,
  type CodeTemplate,
  isCode,
  type MessageClass,
  render,
  type Rendered,
  type Template,
  type TemplateParams,
  TEMPLATES,
} from "./templates.ts"
export type { MessageRefusal } from "./refusals.ts"
export { proof } from "./proof.ts"
