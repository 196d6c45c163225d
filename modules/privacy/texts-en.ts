import type { Words } from "./default-texts.ts"

const ADS_DATA = "Name, language and the history of your consents. "
const ADS_TERM = "Three years from the day you agree, or until you withdraw, whichever comes first."
const ADS_CONSEQUENCES =
  "If you agree we write about offers, three times a week at most and never at night. If you refuse, your card, your points and messages about them stay as they are."

export const en: Words = {
  operator: "{name}, {address}.",
  processors:
    "Mobile operators and SMS gateways, a mail service and a data centre in the Republic of Belarus, under contract, for delivery and storage alone.",
  actions:
    "Collecting, recording, keeping, changing, using, handing to processors, blocking and deleting, in an information system that keeps the data encrypted and notes every access.",
  rights:
    "You may at any time and without giving a reason withdraw consent with one touch under “My data”, get information on the processing (within 5 working days), learn who received your data, have it corrected or deleted (within 15 days), and complain to the National Personal Data Protection Centre. Write to {email} or to {address}.",
  own: {
    programme: {
      title: "Rules of the loyalty programme",
      ask: "I accept the rules of the loyalty programme",
      purposes: "To keep your card and your points: earn and redeem them, show receipts, tell you what moves and what expires.",
      data: "Family name, given name, patronymic, phone, e-mail (if given), card numbers, purchases made with the card.",
      term: "As long as you are a member. After you leave, name and contacts are deleted; records of points stay without a name as long as accounting law asks.",
      consequences: "This is a contract: there is no card without it. You may leave on any day from your account.",
    },
    policy: {
      title: "Personal data policy",
      ask: "I have read the personal data policy",
      purposes: "To say what data we hold, why, where it is kept and how it is protected.",
      data: "What the programme needs; of sign-ins: time, device, network address.",
      term: "Sign-ins for one year; the rest as long as you are a member.",
      consequences: "The tick says that you have read the policy. It allows no advertising, and nothing beyond the programme.",
    },
    ads_sms: {
      title: "Advertising by SMS",
      ask: "Send me offers by SMS",
      purposes: "To send advertising SMS about offers, discounts and new products.",
      data: ADS_DATA + "Phone number.",
      term: ADS_TERM,
      consequences: ADS_CONSEQUENCES,
    },
    ads_email: {
      title: "Advertising by e-mail",
      ask: "Send me offers by e-mail",
      purposes: "To send advertising e-mails about offers, discounts and new products.",
      data: ADS_DATA + "E-mail address.",
      term: ADS_TERM,
      consequences: ADS_CONSEQUENCES,
    },
    ads_push: {
      title: "Advertising notifications",
      ask: "Show me offers as notifications on this device",
      purposes: "To show advertising notifications about offers, discounts and new products.",
      data:
        ADS_DATA +
        "The subscription address your browser gives. Notifications pass through the server of the browser's maker (Google, Apple, Mozilla), perhaps abroad; their text is encrypted.",
      term: ADS_TERM,
      consequences: ADS_CONSEQUENCES,
    },
    profiling: {
      title: "Personal offers",
      ask: "Choose offers by what I buy",
      purposes: "To choose products and discounts by your earlier purchases.",
      data: "Purchases made with the card, favourites, month of birth (if given).",
      term: ADS_TERM,
      consequences: "If you agree, offers fit you better. If you refuse, you see what everybody sees; what you earn stays the same.",
    },
    partner_card: {
      title: "Linking a partner card",
      ask: "I agree that my partner card is linked to my points",
      purposes: "To know you at the till by the barcode of the partner card and to let you earn at a better rate.",
      data: "The 13 digits of the barcode on the back and the bank's name they tell. We neither need nor take the bank card's number, date or code.",
      term: "Three years from the day you agree, or until you unlink the card.",
      consequences: "If you agree you may show that card instead of ours. If you refuse, all stays as it is, at the base rate.",
    },
    child: {
      title: "Consent of a legal representative",
      ask: "I am the child's parent, adoptive parent, guardian or trustee and agree that the child's data is processed",
      purposes: "To keep the card and the points of a member under 16; to know who agreed for them, and to tell the representative.",
      data: "The child's names, phone, e-mail (if given) and sixteenth birthday; the representative's name and phone, and who they are to the child.",
      term: "Until the child's 16th birthday: then the member is asked, and the representative's rights end. The representative's data is deleted with the member's answer, after 31 days at the latest.",
      consequences:
        "Without it, a person under 16 cannot have a card. It can be withdrawn on the page “For representatives” by a code from an SMS, or by an application: the membership ends in three days, and the child's data is deleted.",
    },
  },
}
