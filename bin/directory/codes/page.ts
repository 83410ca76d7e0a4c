import type { Handed } from '../../../functions/directory/codes/of-school.ts'
import type { Words } from './texts.ts'

const escaped = (text: string): string => text.replace(/[&<>"']/g, sign => `&#${sign.charCodeAt(0)};`)

/** What a page says beside the strips' own people. `address`: what people type to open Préau. */
type Sheet = { readonly school: string; readonly address?: string | undefined; readonly words: Words }

/** The heading of a strip: pupils and guardians are grouped by class. */
const headingOf = ({ role, code }: Handed, { t }: Words): string => {
  const byClass = role === 'pupil' || role === 'guardian'
  return [t(`codes.role.${role}`), byClass && code.className].filter(Boolean).join(' · ')
}

/** How to use the code, as HTML: the texts have no characters that HTML needs escaped. */
const howTo = ({ address, words: { t } }: Sheet): string => {
  const typed = address && `<b>${escaped(address.replace(/^https:\/\//, ''))}</b>`
  return t('codes.how', { where: typed ? t('codes.at', { address: typed }) : t('codes.anywhere') })
}

const strip = ({ role, code }: Handed, sheet: Sheet): string => {
  const { school, words } = sheet
  const { t, day } = words
  return `<section>
<div><h3>${escaped(`${code.givenName} ${code.familyName}`)}</h3>
<p>${escaped([t(`codes.is.${role}`), code.className].filter(Boolean).join(' · '))}</p>
<p>${escaped(school)}</p></div>
<dl><dt>${t('codes.login')}</dt><dd>${escaped(code.login)}</dd>
<dt>${t('codes.code')}</dt><dd>${escaped(code.code)}</dd></dl>
<p class="how">${howTo(sheet)}
${t('codes.once', { date: escaped(day(code.expiresAt)) })}</p>
</section>`
}

const style = `
@page { size: A4; margin: 12mm }
* { box-sizing: border-box; margin: 0 }
body { margin: 0 auto; max-width: 186mm; font: 10.5pt/1.35 "Atkinson Hyperlegible Next", Verdana, sans-serif; color: #111 }
header { padding-bottom: 3mm }
h1 { font-size: 15pt }
h2 { padding: 4mm 0 2mm; font-size: 11pt; break-after: avoid }
h2 span { font-weight: 400; color: #444 }
section { display: grid; grid-template-columns: 1fr 98mm; gap: 1.5mm 6mm; padding: 4mm 2mm; border-bottom: 1px dashed #555; break-inside: avoid }
h2 + section { border-top: 1px dashed #555 }
h3 { font-size: 12.5pt; overflow-wrap: anywhere }
dl { display: grid; grid-template-columns: 33mm 1fr; align-content: start; align-items: baseline }
dt { color: #444 }
dd { font: 700 12.5pt/1.5 ui-monospace, Consolas, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere }
dd:last-of-type { letter-spacing: 0.04em; white-space: nowrap }
.how { grid-column: 1 / -1; font-size: 9pt; color: #333 }
@media screen { body { padding: 8mm } }
`

/** A page to print on A4 and cut along its lines: one strip a person, of equal height but for the longest names. */
export const codesPage = (handed: readonly Handed[], sheet: Sheet): string => {
  const { school, words } = sheet
  const { t, language } = words
  const groups = [...Map.groupBy(handed, one => headingOf(one, words))]
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
<header><h1>${escaped(school)}</h1>
<p>${t('codes.count', { count: handed.length })}</p></header>
<main>
${groups
  .map(
    ([heading, of]) => `<h2>${escaped(heading)} <span>(${of.length})</span></h2>
${of.map(one => strip(one, sheet)).join('\n')}`,
  )
  .join('\n')}
</main>
</body>
</html>
`
}
