import type { Texts } from "./templates.ts"

export const en: Texts = {
  confirmation_code: {
    sms: "Mila: code {code}. Tell it to nobody, not even to us.",
    subject: "Your confirmation code",
    body: "Your confirmation code: {code}.\n\nTell it to nobody: the staff of Mila never ask for it.",
  },
  representative_code: {
    sms: "Mila: code {code} for a child's representative. Tell it to nobody.",
    subject: "The representative's code",
    body: "The code for a child's representative: {code}.\n\nType it yourself: it confirms your consent. Mila's staff never ask for it.",
  },
  welcome: {
    sms: "Mila: you are in! Show your card at the till and collect points.",
    subject: "Welcome to Mila",
    body: "You are a member of the programme now. Show your card at the till: every purchase brings points.",
  },
  child_card_issued: {
    sms: "Mila: a child has a card by your consent. Withdraw it on our site.",
    subject: "A child has a card by your consent",
    body: "You agreed to a child's data being processed, and the card was issued. What you agreed to is shown on our site, on the page “For representatives”; consent is withdrawn there too.",
  },
  representative_withdrew: {
    sms: "Mila: the representative's consent ended. Card works till {day}.",
    subject: "The representative's consent was withdrawn",
    body: "The representative withdrew consent to the child's data being processed. On {day} the membership ends: name and contacts are deleted, cards stop working. Until then the representative can change their mind on the page “For representatives”.",
  },
  birth_date_corrected: {
    sms: "Mila: birth date corrected, 16 on {day}. Wrong? Write to us.",
    subject: "The birth date was corrected",
    body: "As we were asked to, we corrected the birth date: the sixteenth birthday is on {day}. Until then the representative consents, afterwards the person decides. If nobody asked for this, write to us and we will put it right.",
  },
  sixteen_asked: {
    sms: "Mila: you are 16! Consent yourself in your account by {day}.",
    subject: "You are 16: please consent yourself",
    body: "Happy sixteenth birthday! So far a representative consented for you, now it is you who decides. Please sign in by {day}: there you can read the terms and agree, or leave the programme. Card and points work meanwhile; advertising and personal offers are off.",
  },
  sixteen_silent: {
    sms: "Mila: no answer, so notifications are off. Card and points remain.",
    subject: "Notifications are off: we have no consent of yours",
    body: "When you were sixteen we asked you to consent yourself, and there was no answer. So browser notifications and messages about favourites are off, and the representative's data is deleted. Card and points work. You can agree, or leave the programme, in your account.",
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
  partner_card_claim_rejected: {
    sms: "Mila: partner card *{lastDigits} stays with whoever linked it first.",
    subject: "The partner card stays where it was",
    body: "Two members said that the partner card ending in {lastDigits} is theirs. A clerk has checked: it stays with whoever linked it first. If you disagree, reply to this letter.",
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
  session_copied: {
    sms: "Mila: one sign-in is ended, it may be copied. Change your password.",
    subject: "Signed out: it may have been copied",
    body: "Somebody else seems to hold the sign-in of “{device}”. We ended it for both of you. Sign in again and change your password; if the phone is lost, block the card.",
  },
  password_changed: {
    sms: "Mila: password changed. Not you? Recover your access.",
    subject: "Password changed",
    body: "The password of your account was changed and other sessions were ended. If it wasn't you, recover your access with a code.",
  },
  passkey_added: {
    sms: "Mila: sign-in by fingerprint or face added. Not you? Reset password.",
    subject: "Sign-in by fingerprint or face was added",
    body: "Your account now opens by fingerprint, face or screen lock of one more device. If you didn't add it, recover access with an SMS code: all such sign-ins stop at once, and you keep only your own.",
  },
  passkey_removed: {
    sms: "Mila: fingerprint or face sign-in removed. Not you? Reset password.",
    subject: "Sign-in by fingerprint or face was removed",
    body: "One of your sign-ins by fingerprint, face or screen lock no longer opens the account. If you didn't remove it, recover access with an SMS code.",
  },
  google_pass_added: {
    sms: "Mila: card added to Google Wallet. Not you? Remove it in your account.",
    subject: "Your card was added to Google Wallet",
    body: "Your card was added to Google Wallet: it shows the balance there, and its code proves payment with points. If it wasn't you, remove it under “Sign-in and devices” and change your password.",
  },
  passkey_doubted: {
    sms: "Mila: a fingerprint sign-in was stopped: its key seems to be copied.",
    subject: "A sign-in by fingerprint was stopped",
    body: "It seems there is a copy of the key of one of your sign-ins by fingerprint or face. We stopped it and ended its sessions. Remove it under “Sign-in and devices” and add it anew.",
  },
  copy_taken: {
    sms: "Mila: a copy of your data was taken. Not you? Change password.",
    subject: "A copy of your data was taken",
    body: "A copy of everything we keep about you was downloaded from your account: {device}. If it wasn't you, change the password and end other sessions under “Sign-in and devices”.",
  },
  phone_changed: {
    sms: "Mila: sign-in phone is now *{lastDigits}. Not you? Call us.",
    subject: "Phone number changed",
    body: "Your account is now signed in to with a number that ends in {lastDigits}. If it wasn't you, answer this e-mail.",
  },
  new_number_asked: {
    sms: "Mila: confirm the new number *{lastDigits}: {link}",
    subject: "A new phone number for your account",
    body: "Somebody asks to change the number of your account to the one that ends with {lastDigits}, because the former one is gone. If it is you, confirm it within a day: {link}\n\nThe number changes two days after that. If it is not you, open the same link and press “This was not me”: nothing will change.",
  },
  new_number_soon: {
    sms: "Mila: on {day} the number becomes *{lastDigits}. Not you? Stop it.",
    subject: "The number of your account changes on {day}",
    body: "On {day} the number that signs in to your account becomes the one that ends with {lastDigits}. If it was not you, sign in and press “This was not me”, or do so by the link of the former letter.",
  },
  number_parked: {
    sms: "Mila: number *{lastDigits} is somebody else's now. {link}",
    subject: "The number of your account is somebody else's now",
    body: "A new account was opened with the number that ends with {lastDigits}: the operator seems to have given it to somebody else. Nobody has seen your account; points and cards are kept. To sign in with another number, open {link}: it takes the former number, this address, and digits of a card or the total of the last receipt.",
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
  request_answered: {
    sms: "Mila: your request is answered: see “My data” in your account.",
    subject: "Your request is answered",
    body: "We answered your request about personal data. The answer waits in your account, under “My data”.",
  },
  person_corrected: {
    sms: "Mila: your name or birthday was corrected. Not you? Call us.",
    subject: "Your data was corrected",
    body: "As you asked, a clerk corrected your name or birthday. See “My data” in your account. If you did not ask for it, reply to this letter.",
  },
  points_claimed: {
    sms: "Mila: +{points} for the receipt of {day}, available later.",
    subject: "Points for the receipt of {day}",
    body: "We found the receipt of {day} and gave you its points: {points}. They become available after the return window.",
  },
  points_claim_refused: {
    sms: "Mila: no points for the receipt of {day}. Why: see Receipts.",
    subject: "No points for the receipt of {day}",
    body: "You asked for the points of the receipt of {day}. They could not be given; the reason is written under “Receipts” in your account.",
  },
  favourite_cheaper: {
    sms: "Mila: {thing} is {price} with the card now",
    subject: "Costs less: {thing}",
    body: "You asked to be told: {thing} costs {price} with the card now. Turn such messages off under “Favourites”.",
  },
  favourite_back: {
    sms: "Mila: {thing} is back: {shop}",
    subject: "Back in stock: {thing}",
    body: "You asked to be told: your shop ({shop}) has {thing} again.",
  },
  review_published: {
    sms: "Mila: your review is published. Thank you for sharing!",
    subject: "Your review is published",
    body: "Thank you: your review was checked and everybody can read it. Change or delete it in your account, under “My reviews”.",
  },
  review_refused: {
    sms: "Mila: your review was not published. Why: see My reviews.",
    subject: "Your review was not published",
    body: "Your review was not let pass. The reason is in your account, under “My reviews”; there you can change it or ask for a second look.",
  },
  price_claim_answered: {
    sms: "Mila: your price claim {number} is answered. See Check a price.",
    subject: "Your price claim",
    body: "Claim {number}: {thing}, shown at {price} with a card.\n\n{answer}",
  },
  points_adjusted: {
    sms: "Mila: your balance was corrected by {points}. See my pages.",
    subject: "Your balance was corrected",
    body: "We corrected your balance of points: {points}. The reason is shown on my pages.",
  },
  memberships_parted: {
    sms: "Mila: your two accounts are separate again. Not you? Call us.",
    subject: "Your two accounts are separate again",
    body: "Your two memberships are kept apart again: cards and the points that were left went back to their account. If you did not ask for it, please answer this e-mail.",
  },
  memberships_joined: {
    sms: "Mila: your two accounts are one now. You can undo it for 14 days.",
    subject: "Your memberships were joined",
    body: "Your two memberships of the programme are one now: points and cards are together. You can undo it for 14 days in your account, under “My data”. If you did not ask for this, reply to this letter.",
  },
  points_given: {
    sms: "Mila: somebody gave you {points} points. They are available.",
    subject: "You were given points",
    body: "A member who leaves the programme gave you their points: {points}. They are available on your account already.",
  },
  leaving_asked: {
    sms: "Mila: you leave on {day}. Not you? Take it back in your account.",
    subject: "You leave the programme on {day}",
    body: "You asked to end your membership: on {day} your name and contacts are deleted and your cards stop working. Until then you can take it back in your account, under “My data”. If it was not you, sign in, take it back and change your password.",
  },
  ads_stopped: {
    sms: "Mila: no more advertising. Messages about points stay.",
    subject: "No more advertising",
    body: "We send you no more advertising. Messages about points and safety stay.",
  },
  membership_left: {
    sms: "Mila: your membership ended, points given up: {points}.",
    subject: "You left the programme",
    body: "Your membership ended. Points given up: {points}. Your data is deleted; what tills must keep is kept without your name.",
  },
}
