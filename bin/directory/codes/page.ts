import { type Handed, roleNames } from './handed.ts'

const day = (instant: string) =>
  new Intl.DateTimeFormat('fr-FR', { dateStyle: 'long', timeZone: 'Europe/Paris' }).format(new Date(instant))

const escaped = (text: string): string => text.replace(/[&<>"']/g, sign => `&#${sign.charCodeAt(0)};`)

const plural: Readonly<Partial<Record<Handed['role'], string>>> = {
  pupil: 'Élèves',
  guardian: 'Responsables légaux',
  teacher: 'Professeurs',
  staff: 'Personnels',
  administrator: 'Administrateurs',
}

/** Under what heading a strip stands: pupils and guardians are handed theirs class by class. */
const headingOf = ({ role, code }: Handed): string => {
  const byClass = role === 'pupil' || role === 'guardian'
  return [plural[role] ?? roleNames[role], byClass && code.className].filter(Boolean).join(' · ')
}

const strip = (school: string, address: string | undefined, { role, code }: Handed): string => `<section>
<div><h3>${escaped(`${code.givenName} ${code.familyName}`)}</h3>
<p>${escaped([roleNames[role], code.className].filter(Boolean).join(' · '))}</p>
<p>${escaped(school)}</p></div>
<dl><dt>Identifiant</dt><dd>${escaped(code.login)}</dd>
<dt>Code d’activation</dt><dd>${escaped(code.code)}</dd></dl>
<p class="how">${address ? `Sur <b>${escaped(address.replace(/^https:\/\//, ''))}</b>` : 'Dans Préau'},
touchez « Activer mon compte », entrez l’identifiant et le code, puis choisissez votre mot de passe.
Le code sert une seule fois, jusqu’au ${escaped(day(code.expiresAt))}. Il est personnel : ne le donnez à personne.</p>
</section>`

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
export const codesPage = (school: string, handed: readonly Handed[], address?: string): string => {
  const groups = [...Map.groupBy(handed, headingOf)]
  return `<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="robots" content="noindex">
<meta name="viewport" content="width=device-width">
<title>${escaped(`Codes d’activation · ${school}`)}</title>
<style>${style}</style>
</head>
<body>
<header><h1>${escaped(school)}</h1>
<p>${handed.length.toLocaleString('fr')} codes d’activation, à découper et à remettre en mains propres.</p></header>
<main>
${groups
  .map(
    ([heading, of]) => `<h2>${escaped(heading)} <span>(${of.length})</span></h2>
${of.map(one => strip(school, address, one)).join('\n')}`,
  )
  .join('\n')}
</main>
</body>
</html>
`
}
