import type { Locale } from "@mila/kernel"

const ru = {
  title: "Карта в кошельке телефона",
  says: "Одно касание — и карта с балансом под рукой. Когда бонусы меняются, она обновляется сама.",
  appleSays: "Для iPhone: копить по штрихкоду. Чтобы платить бонусами, откройте карту здесь.",
  googleSays: "Для Android: копить и платить бонусами, код меняется сам. Google получит имя, номер карты и баланс.",
  addTo: "Добавить в",
  apple: "Apple Wallet",
  google: "Google Кошелёк",
  inApple: "Уже выдана для Apple Wallet. Можно скачать ещё раз.",
  inGoogle: "Уже в Google Кошельке. Можно открыть ещё раз.",
  noCode: "В Google Кошельке карта без кода для оплаты. Добавьте её ещё раз — и код появится.",
  remove: "Убрать карту из кошелька",
}

export type WalletWords = typeof ru

const be: WalletWords = {
  title: "Картка ў кашальку тэлефона",
  says: "Адзін дотык — і картка з балансам пад рукой. Калі бонусы мяняюцца, яна абнаўляецца сама.",
  appleSays: "Для iPhone: збіраць па штрыхкодзе. Каб плаціць бонусамі, адкрыйце картку тут.",
  googleSays: "Для Android: збіраць і плаціць бонусамі, код мяняецца сам. Google атрымае імя, нумар карткі і баланс.",
  addTo: "Дадаць у",
  apple: "Apple Wallet",
  google: "Google Кашалёк",
  inApple: "Ужо выдадзена для Apple Wallet. Можна спампаваць яшчэ раз.",
  inGoogle: "Ужо ў Google Кашальку. Можна адкрыць яшчэ раз.",
  noCode: "У Google Кашальку картка без кода для аплаты. Дадайце яе яшчэ раз — і код з’явіцца.",
  remove: "Прыбраць картку з кашалька",
}

const en: WalletWords = {
  title: "The card in your phone’s wallet",
  says: "One tap, and the card with its balance is at hand. It updates by itself when your points change.",
  appleSays: "For iPhone: collect points with the barcode. To pay with points, open the card here.",
  googleSays:
    "For Android: collect and pay with points; the code changes by itself. Google receives your first name, card number and balance.",
  addTo: "Add to",
  apple: "Apple Wallet",
  google: "Google Wallet",
  inApple: "Already issued for Apple Wallet. You can download it again.",
  inGoogle: "Already in Google Wallet. You can open it again.",
  noCode: "The card in Google Wallet has no payment code. Add it again, and the code will appear.",
  remove: "Remove the card from the wallet",
}

export const WALLETS: Readonly<Record<Locale, WalletWords>> = { ru, be, en }
