import { encode } from 'uqr'
import type { IssuedCode } from '../../../shared/directory/contract.ts'
import { activationAddress, pathOf, type SheetPage, type Strip, sheetOf } from '../../../shared/directory/sheet.ts'
import type { Words } from './texts.ts'

const escaped = (text: string): string => text.replace(/[&<>"']/g, sign => `&#${sign.charCodeAt(0)};`)

/** What a sheet says beside the strips' own people. */
export type Sheet = {
  readonly school: string
  /** The territory's origin: what people open. */
  readonly address: string
  /** What people call the territory, as it follows its address in a sentence. */
  readonly territory?: string | undefined
  readonly words: Words
  /** The day it is printed. */
  readonly now: Date
}

/** Error correction that survives a fold and a stain: 15 % of the code. */
const qrCode = (address: string): string => {
  const { data, size } = encode(address, { ecc: 'M', border: 0 })
  return `<svg viewBox="0 0 ${size} ${size}" aria-hidden="true"><path d="${pathOf(data)}"/></svg>`
}

const bold = (text: string): string => `<b>${escaped(text)}</b>`

/** Names that take two lines: they are set smaller, so that all strips are of one height. */
const isLong = ({ under, to = '', login }: Strip): boolean => under.length > 26 || to.length > 26 || login.length > 30

const strip = (one: Strip, { school, address, territory, words }: Sheet): string => {
  const { t, day } = words
  const place = [one.className ?? t(`codes.is.${one.role}`), school].join(' · ')
  const where = bold(address.replace(/^https?:\/\//, ''))
  return `<section${isLong(one) ? ' class="long"' : ''}>
${qrCode(activationAddress(address, one.login))}
<p class="soft">${escaped(place)}</p>
<h2>${escaped(one.under)}</h2>
<p>${one.to === undefined ? '' : t('codes.to', { name: bold(one.to) })}</p>
<p class="also">${one.alsoOf.length > 0 ? escaped(t('codes.also', { children: one.alsoOf.join(' ; ') })) : ''}</p>
<p class="how">${territory ? t('codes.how.named', { where, territory: escaped(territory) }) : t('codes.how', { where })}</p>
<dl><div><dt>${t('codes.login')}</dt><dd class="login">${escaped(one.login)}</dd></div>
<div><dt>${t('codes.until', { date: escaped(day(one.expiresAt)) })}</dt><dd class="code">${escaped(one.code)}</dd></div></dl>
</section>`
}

const listed = (names: readonly string[], language: string): string =>
  new Intl.ListFormat(language, { type: 'conjunction' }).format(names)

/** A page's heading: `6e A et 6e B, responsables légaux`. */
const heading = ({ role, classes }: SheetPage, { t, language }: Words): string => {
  const what = t(`codes.role.${role}`)
  if (classes.length === 0) return what
  return t('codes.of', { classes: listed(classes, language), what: what.charAt(0).toLowerCase() + what.slice(1) })
}

const style = `
@page { size: A4; margin: 10mm 8mm }
* { box-sizing: border-box; margin: 0 }
body { margin: 0 auto; width: 194mm; font: 10pt/1.35 "Atkinson Hyperlegible Next", Verdana, sans-serif; color: #111 }
article { break-after: page }
article:last-of-type { break-after: auto }
header { display: flex; justify-content: space-between; gap: 6mm; height: 8mm; padding: 0 3mm; align-items: baseline }
h1 { font-size: 11.5pt }
header p { font-size: 9pt; color: #444; text-align: right }
.strips { display: grid; grid-template-columns: 1fr 1fr; grid-auto-rows: 53mm; border-top: 1px dashed #777 }
section { position: relative; overflow: hidden; padding: 4mm 4mm 3mm 3mm; border-bottom: 1px dashed #777; break-inside: avoid; display: flex; flex-direction: column }
section:nth-child(odd) { border-right: 1px dashed #777 }
section:nth-child(even) { padding-left: 5mm }
svg { position: absolute; top: 4mm; right: 4mm; width: 21mm; height: 21mm; shape-rendering: crispEdges }
section > * { flex: none }
.soft, dt { color: #444 }
.soft, h2, h2 + p, .also { padding-right: 24mm; overflow-wrap: anywhere }
h2 { font-size: 13pt; line-height: 1.2; max-height: 2.4em; overflow: hidden }
.also { font-size: 8.5pt; max-height: 1.35em; overflow: hidden }
.long .soft { white-space: nowrap; overflow: hidden }
.long h2 { font-size: 10.5pt }
.long h2 + p, .long .login { font-size: 8.5pt; max-height: 2.7em; overflow: hidden }
.how { margin-top: auto; padding: 1mm 0; font-size: 9pt }
dl { display: grid; grid-template-columns: 2fr 3fr; gap: 3mm; align-items: end }
dt { font-size: 9pt }
dd { font-weight: 700; overflow-wrap: anywhere }
.login { font-size: 10pt; line-height: 1.15 }
.code { font-size: 13.5pt; line-height: 1.2; letter-spacing: 0.02em; white-space: nowrap }
@media screen { body { padding: 8mm 0 } article { padding-bottom: 8mm } }
`

/** A page to print on A4 and cut along its lines: ten strips of equal height a page. */
export const codesPage = (issued: readonly IssuedCode[], sheet: Sheet): string => {
  const { school, words, now } = sheet
  const { t, language } = words
  const pages = sheetOf(issued)
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="robots" content="noindex">
<meta name="viewport" content="width=device-width">
<title>${escaped(t('codes.title', { school }))}</title>
<style>${style}</style>
</head>
<body>
${pages
  .map(
    (page, at) => `<article>
<header><h1>${escaped(heading(page, words))}</h1>
<p>${escaped(t('codes.page', { number: at + 1, of: pages.length, school, date: words.day(now.toISOString()) }))}</p></header>
<div class="strips">
${page.strips.map(one => strip(one, sheet)).join('\n')}
</div>
</article>`,
  )
  .join('\n')}
</body>
</html>
`
}
