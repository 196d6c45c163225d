import type { Texts } from "./templates.ts"

export const en: Texts = {
  confirmation_code: {
    sms: "Mila: code {code}. Don't tell it to anyone, not even us.",
    subject: "Your confirmation code",
    body: "Your confirmation code: {code}.\n\nDon’t tell it to anyone: Mila’s staff never ask for it.",
  },
  representative_code: {
    sms: "Mila: code {code} for a child's representative. Tell no one.",
    subject: "Code for the representative",
    body: "The code for a child’s representative: {code}.\n\nEnter it yourself: it confirms your consent. Mila’s staff never ask for it.",
  },
  welcome: {
    sms: "Mila: you are in! Show your card at the till and collect points.",
    subject: "Welcome to Mila",
    body: "You are now a member of the programme. Show your card at the till: every purchase earns points.",
  },
  child_card_issued: {
    sms: "Mila: child's card issued with your consent. Withdraw it on our site.",
    subject: "A child’s card was issued with your consent",
    body: "You consented to the processing of a child’s data, and the card was issued. You can see what you agreed to, and withdraw your consent, on our site, on the page “For representatives”.",
  },
  representative_withdrew: {
    sms: "Mila: representative's consent withdrawn. Card works until {day}.",
    subject: "The representative’s consent has been withdrawn",
    body: "The representative has withdrawn consent to the processing of the child’s data. On {day} the membership will end: name and contacts will be deleted and cards will stop working. Until then the representative can change their mind on the page “For representatives”.",
  },
  birth_date_corrected: {
    sms: "Mila: birth date corrected, 16 on {day}. Wrong? Write to us.",
    subject: "Date of birth corrected",
    body: "As requested, we have corrected the date of birth: the sixteenth birthday is on {day}. Until then the representative gives consent; after that, the person decides. If nobody asked for this, write to us and we will put it right.",
  },
  sixteen_asked: {
    sms: "Mila: you are 16! Confirm consent in your account by {day}.",
    subject: "You are 16: please confirm your own consent",
    body: "Happy sixteenth birthday! Until now a representative gave consent for you; now you decide. Please sign in by {day}: you can read the terms and agree, or leave the programme. Your card and points keep working meanwhile; advertising and personal offers are off.",
  },
  sixteen_silent: {
    sms: "Mila: no reply, so notifications are off. Card and points stay.",
    subject: "Notifications are off: you did not reply",
    body: "When you turned sixteen, we asked you to confirm your own consent and got no reply. So browser notifications and messages about favourites are off, and your representative’s data has been deleted. Your card and points still work. You can agree, or leave the programme, in your account.",
  },
  card_blocked: {
    sms: "Mila: card *{lastDigits} is blocked. Your points are safe.",
    subject: "Your card is blocked",
    body: "The card ending in {lastDigits} is blocked. Your points are safe. If this was not you, reply to this e-mail.",
  },
  card_unblocked: {
    sms: "Mila: card *{lastDigits} works again.",
    subject: "Your card works again",
    body: "The card ending in {lastDigits} is unblocked. If this was not you, reply to this e-mail.",
  },
  card_replaced: {
    sms: "Mila: you have a new card *{lastDigits}. Your points are safe.",
    subject: "Your new card",
    body: "A new card ending in {lastDigits} replaces your old one. Your points are safe.",
  },
  partner_card_linked: {
    sms: "Mila: partner card *{lastDigits} is linked.",
    subject: "Partner card linked",
    body: "A partner card ending in {lastDigits} is linked to your membership. If this was not you, reply to this e-mail.",
  },
  partner_card_claimed: {
    sms: "Mila: another member says partner card *{lastDigits} is theirs.",
    subject: "Whose partner card is this?",
    body: "Two members say that the partner card ending in {lastDigits} is theirs. Our staff will decide; until then everything stays as it is.",
  },
  partner_card_claim_rejected: {
    sms: "Mila: partner card *{lastDigits} stays with its previous owner.",
    subject: "The partner card stays with its previous owner",
    body: "Two members said that the partner card ending in {lastDigits} was theirs. Our staff have checked: it stays with whoever linked it first. If you disagree, reply to this e-mail.",
  },
  partner_card_unlinked: {
    sms: "Mila: partner card *{lastDigits} is no longer linked to you.",
    subject: "Partner card unlinked",
    body: "The partner card ending in {lastDigits} is no longer linked to your membership. If you disagree, reply to this e-mail.",
  },
  new_device: {
    sms: "Mila: sign-in, {device}. Not you? Change password.",
    subject: "Sign-in from a new device",
    body: "Someone signed in to your account from a new device: {device}. If it wasn’t you, change your password and end other sessions under “Sign-in and devices”.",
  },
  session_copied: {
    sms: "Mila: we ended a sign-in: it may be copied. Change your password.",
    subject: "Sign-in ended: it may have been copied",
    body: "Someone else seems to have a copy of the sign-in on “{device}”. We have ended it for both of you. Sign in again and change your password; if your phone is lost, block the card.",
  },
  password_changed: {
    sms: "Mila: password changed. Not you? Recover your access.",
    subject: "Password changed",
    body: "The password of your account was changed and other sessions were ended. If it wasn’t you, recover your access with a code.",
  },
  passkey_added: {
    sms: "Mila: sign-in by fingerprint or face added. Not you? Reset password.",
    subject: "Sign-in by fingerprint or face added",
    body: "Your account can now be opened with the fingerprint, face or screen lock of one more device. If you didn’t add it, recover access with an SMS code: all such sign-ins will stop at once, and you can keep only your own.",
  },
  passkey_removed: {
    sms: "Mila: fingerprint or face sign-in removed. Not you? Reset password.",
    subject: "Sign-in by fingerprint or face removed",
    body: "One of your sign-ins by fingerprint, face or screen lock no longer opens the account. If you didn’t remove it, recover access with an SMS code.",
  },
  google_pass_added: {
    sms: "Mila: card added to Google Wallet. Not you? Remove it in your account.",
    subject: "Your card was added to Google Wallet",
    body: "Your card was added to Google Wallet: it shows your balance, and its code confirms payments with points. If it wasn’t you, remove it under “Sign-in and devices” and change your password.",
  },
  passkey_doubted: {
    sms: "Mila: a fingerprint sign-in was stopped: its key may be copied.",
    subject: "A fingerprint sign-in was stopped",
    body: "The key of one of your sign-ins by fingerprint or face seems to have been copied. We have stopped that sign-in and ended its sessions. Remove it under “Sign-in and devices” and add it again.",
  },
  spending_opened: {
    sms: "Mila: spending is unlocked again. Not you? Lock it in the account.",
    subject: "Spending is unlocked",
    body: "Spending of points was unlocked in your account. If it wasn’t you, lock it on the card page and change your password.",
  },
  copy_taken: {
    sms: "Mila: a copy of your data was downloaded. Not you? Change password.",
    subject: "A copy of your data was downloaded",
    body: "A copy of everything we keep about you was downloaded from your account. Device: {device}. If it wasn’t you, change your password and end other sessions under “Sign-in and devices”.",
  },
  phone_changed: {
    sms: "Mila: sign-in phone is now *{lastDigits}. Not you? Call us.",
    subject: "Phone number changed",
    body: "You now sign in to your account with the number ending in {lastDigits}. If it wasn’t you, reply to this e-mail.",
  },
  new_number_asked: {
    sms: "Mila: confirm the new number *{lastDigits}: {link}",
    subject: "A new phone number for your account",
    body: "Someone has asked to change your account’s number to the one ending in {lastDigits}, because the old one is no longer available. If it’s you, confirm within a day: {link}\n\nThe number will change two days after that. If it’s not you, open the same link and press “This was not me”: nothing will change.",
  },
  new_number_soon: {
    sms: "Mila: your number changes to *{lastDigits} on {day}. Not you? Stop it.",
    subject: "Your account’s number changes on {day}",
    body: "On {day} the sign-in number of your account will change to the one ending in {lastDigits}. If it wasn’t you, sign in and press “This was not me”, or use the link in our previous e-mail.",
  },
  number_parked: {
    sms: "Mila: someone else has number *{lastDigits} now. {link}",
    subject: "Someone else has your account’s number now",
    body: "A new account was opened with the number ending in {lastDigits}: the operator seems to have given it to someone else. Nobody has been shown your account; your points and cards are safe. To sign in with another number, open {link}: you’ll need the old number, this e-mail address, and the card digits or the total of the last receipt.",
  },
  email_to_prove: {
    sms: "Mila: confirm your e-mail: {link}",
    subject: "Confirm your e-mail address",
    body: "This address was given when a Mila card was issued. If that was you, confirm it within a week: {link}\n\nA confirmed address helps you get back in if you lose your phone. If it wasn’t you, do nothing: we won’t write here again.",
  },
  email_changed: {
    sms: "Mila: your e-mail was changed. Not you? Change your password.",
    subject: "E-mail address changed",
    body: "The e-mail address of your account was changed. If it wasn’t you, reply to this e-mail.",
  },
  points_expiring: {
    sms: "Mila: use your points by {day}: {points}.",
    subject: "Points about to expire",
    body: "Until {day} inclusive you can use the points that are about to expire: {points}.\n\n{byDay}",
  },
  offer: {
    sms: "{text}",
    subject: "An offer from Mila",
    body: "{text}\n\nYou are receiving this e-mail because you agreed to advertising. Unsubscribe: {unsubscribe}",
  },
  terms_changed: {
    sms: "Mila: new terms from {day}. See your account for what changes.",
    subject: "New terms from {day}",
    body: "New versions take effect on {day}: {what}.\n\nYour account shows what changes, under “My data”. From that day you can accept the new terms there; your card and points work without an answer too. If the new terms do not suit you, you can leave the programme.",
  },
  request_answered: {
    sms: "Mila: your request is answered, see “My data” in your account.",
    subject: "Your request is answered",
    body: "We have answered your request about personal data. You’ll find the answer in your account, under “My data”.",
  },
  person_corrected: {
    sms: "Mila: your name or birthday was corrected. Not you? Call us.",
    subject: "Your data was corrected",
    body: "At your request, our staff corrected your name or birthday. See “My data” in your account. If you did not ask for this, reply to this e-mail.",
  },
  points_claimed: {
    sms: "Mila: +{points} for the receipt of {day}, available later.",
    subject: "Points for the receipt of {day}",
    body: "We found the receipt of {day} and added its points: {points}. They will be available once the return period is over.",
  },
  points_claim_refused: {
    sms: "Mila: no points for the receipt of {day}. Why: see Receipts.",
    subject: "No points for the receipt of {day}",
    body: "You asked for points for the receipt of {day}. We could not add them; the reason is in your account, under “Receipts”.",
  },
  favourite_cheaper: {
    sms: "Mila: {thing} is now {price} with a card",
    subject: "Price drop: {thing}",
    body: "You asked us to let you know: {thing} now costs {price} with a card. You can turn off these messages under “Favourites”.",
  },
  favourite_back: {
    sms: "Mila: {thing} is back in stock: {shop}",
    subject: "Back in stock: {thing}",
    body: "You asked us to let you know: {thing} is back in stock at your shop ({shop}).",
  },
  review_published: {
    sms: "Mila: your review is published. Thank you for sharing!",
    subject: "Your review is published",
    body: "Thank you: your review has been checked and everyone can read it. You can edit or delete it in your account, under “My reviews”.",
  },
  review_refused: {
    sms: "Mila: your review was not published. Why: see My reviews.",
    subject: "Your review was not published",
    body: "Your review did not pass our check. The reason is in your account, under “My reviews”; there you can edit it or ask for a second look.",
  },
  price_claim_answered: {
    sms: "Mila: your price claim {number} is answered, see Check a price.",
    subject: "Your price claim",
    body: "Claim {number}: {thing}, shown at {price} with a card.\n\n{answer}",
  },
  points_adjusted: {
    sms: "Mila: your balance was corrected by {points}. See your account.",
    subject: "Your balance was corrected",
    body: "We have corrected your points balance: {points}. The reason is shown in your account.",
  },
  memberships_parted: {
    sms: "Mila: your two accounts are separate again. Not you? Call us.",
    subject: "Your two accounts are separate again",
    body: "Your two accounts are separate again: the cards and the remaining points went back to where they were. If you did not ask for this, reply to this e-mail.",
  },
  memberships_joined: {
    sms: "Mila: your two accounts are now one. You can undo it for 14 days.",
    subject: "Your accounts have been joined",
    body: "Your two accounts are now one: points and cards are together. You can undo it for 14 days in your account, under “My data”. If you did not ask for this, reply to this e-mail.",
  },
  points_given: {
    sms: "Mila: you were given points: {points}. They are available now.",
    subject: "You were given points",
    body: "A member leaving the programme gave you their points: {points}. They are already available in your account.",
  },
  leaving_asked: {
    sms: "Mila: you leave on {day}. Not you? Cancel it in your account.",
    subject: "You are leaving the programme on {day}",
    body: "You asked to end your membership: on {day} your name and contacts will be deleted and your cards will stop working. Until then you can cancel this in your account, under “My data”. If it wasn’t you, sign in, cancel it and change your password.",
  },
  ads_stopped: {
    sms: "Mila: no more advertising. You'll still get messages about points.",
    subject: "No more advertising",
    body: "We won’t send you any more advertising. You’ll still get messages about points and security.",
  },
  membership_left: {
    sms: "Mila: your membership has ended, points cancelled: {points}.",
    subject: "You have left the programme",
    body: "Your membership has ended. Points cancelled: {points}. Your name, contacts, favourites and the texts of messages have been deleted; receipts and points records are kept without your name.",
  },
}
