import type { Texts } from "./templates.ts"

export const en: Texts = {
  confirmation_code: {
    sms: "Mila: code {code}. Tell it to nobody, not even to us.",
    subject: "Your confirmation code",
    body: "Your confirmation code: {code}.\n\nTell it to nobody: the staff of Mila never ask for it.",
  },
  welcome: {
    sms: "Mila: you are in! Show your card at the till and collect points.",
    subject: "Welcome to Mila",
    body: "You are a member of the programme now. Show your card at the till: every purchase brings points.",
  },
  card_blocked: {
    sms: "Mila: card *{lastDigits} is blocked. Your points are safe.",
    subject: "Your card is blocked",
    body: "The card ending in {lastDigits} is blocked. Your points are safe. If this was not you, reply to this letter.",
  },
  card_unblocked: {
    sms: "Mila: card *{lastDigits} works again.",
    subject: "Your card works again",
    body: "The card ending in {lastDigits} is unblocked. If this was not you, reply to this letter.",
  },
  card_replaced: {
    sms: "Mila: you have a new card *{lastDigits}. Your points are safe.",
    subject: "Your new card",
    body: "A new card ending in {lastDigits} replaces the one you had. Your points are safe.",
  },
  partner_card_linked: {
    sms: "Mila: partner card *{lastDigits} is linked.",
    subject: "Partner card linked",
    body: "A partner card ending in {lastDigits} is linked to your membership. If this was not you, reply to this letter.",
  },
  partner_card_claimed: {
    sms: "Mila: another member says partner card *{lastDigits} is theirs.",
    subject: "Whose partner card is it",
    body: "Two members say that the partner card ending in {lastDigits} is theirs. A clerk will decide; until then everything stays as it is.",
  },
  partner_card_unlinked: {
    sms: "Mila: partner card *{lastDigits} is no longer linked to you.",
    subject: "Partner card unlinked",
    body: "The partner card ending in {lastDigits} is no longer linked to your membership. If you disagree, reply to this letter.",
  },
  new_device: {
    sms: "Mila: sign-in: {device}. Not you? Change password.",
    subject: "Sign-in from a new device",
    body: "Somebody signed in to your account from a device that was not there before: {device}. If it wasn't you, change the password and end other sessions under “Sign-in and devices”.",
  },
  password_changed: {
    sms: "Mila: password changed. Not you? Recover your access.",
    subject: "Password changed",
    body: "The password of your account was changed and other sessions were ended. If it wasn't you, recover your access with a code.",
  },
  phone_changed: {
    sms: "Mila: sign-in phone is now *{lastDigits}. Not you? Call us.",
    subject: "Phone number changed",
    body: "Your account is now signed in to with a number that ends in {lastDigits}. If it wasn't you, answer this e-mail.",
  },
  email_changed: {
    sms: "Mila: your e-mail was changed. Not you? Change the password.",
    subject: "E-mail address changed",
    body: "The e-mail address of your account was changed. If it wasn't you, answer this e-mail.",
  },
  points_expiring: {
    sms: "Mila: use your points by {day}: {points}.",
    subject: "Points about to expire",
    body: "Until {day}, that day included, you can use the points that are about to expire: {points}.\n\n{byDay}",
  },
  offer: {
    sms: "{text}",
    subject: "An offer from Mila",
    body: "{text}\n\nYou get this letter because you agreed to advertising. Unsubscribe: {unsubscribe}",
  },
  points_adjusted: {
    sms: "Mila: your balance was corrected by {points}. See my pages.",
    subject: "Your balance was corrected",
    body: "We corrected your balance of points: {points}. The reason is shown on my pages.",
  },
  memberships_joined: {
    sms: "Mila: your two memberships are one now, points and all.",
    subject: "Your memberships were joined",
    body: "Your two memberships of the programme are one now: points and cards are together. If you did not ask for this, reply to this letter.",
  },
  membership_left: {
    sms: "Mila: your membership ended, points given up: {points}.",
    subject: "You left the programme",
    body: "Your membership ended. Points given up: {points}. Your data is deleted; what tills must keep is kept without your name.",
  },
}
