import type { IssuedCode } from '../../../shared/directory/contract.ts'
import type { Role } from '../../../shared/kernel/role.ts'

/** A code to be handed to a person, and in which role they are in the school. */
export type Handed = { readonly role: Role; readonly code: IssuedCode }

const roleNames: Readonly<Record<Role, string>> = {
  pupil: 'Élève',
  guardian: 'Responsable légal',
  teacher: 'Enseignant',
  'pupil-life': 'Vie scolaire',
  staff: 'Personnel',
  head: 'Direction',
  administrator: 'Administrateur',
}

const day = (instant: string) =>
  new Intl.DateTimeFormat('fr-FR', { dateStyle: 'long', timeZone: 'Europe/Paris' }).format(new Date(instant))

/** A field of RFC 4180. What a spreadsheet would take for a formula is led by an apostrophe. */
const field = (text: string): string => {
  const plain = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[";\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
}

/** The codes as CSV: separated by semicolons and with a byte order mark, as French spreadsheets open it. */
export const codesCsv = (handed: readonly Handed[]): string => {
  const head = ['Profil', 'Classe', 'Nom', 'Prénom', 'Identifiant', 'Code', 'Valable jusqu’au']
  const rows = handed.map(({ role, code }) => [
    roleNames[role],
    code.className ?? '',
    code.familyName,
    code.givenName,
    code.login,
    code.code,
    code.expiresAt.slice(0, 10),
  ])
  return `\uFEFF${[head, ...rows].map(row => row.map(field).join(';')).join('\r\n')}\r\n`
}

const escaped = (text: string): string => text.replace(/[&<>"']/g, sign => `&#${sign.charCodeAt(0)};`)

const strip = (address: string | undefined, { role, code }: Handed): string => `<section>
<div><h2>${escaped(`${code.givenName} ${code.familyName}`)}</h2>
<p>${escaped([roleNames[role], code.className].filter(Boolean).join(' · '))}</p></div>
<dl><div><dt>Identifiant</dt><dd>${escaped(code.login)}</dd></div>
<div><dt>Code d’activation</dt><dd>${escaped(code.code)}</dd></div></dl>
<p class="how">${address ? `Rendez-vous sur <b>${escaped(address)}</b>, choisissez « Activer mon compte »` : 'Ouvrez Préau, choisissez « Activer mon compte »'},
puis votre mot de passe. Ce code sert une seule fois, jusqu’au ${escaped(day(code.expiresAt))}. Il est personnel : ne le donnez à personne.</p>
</section>`

const style = `
@page { size: A4; margin: 12mm }
* { box-sizing: border-box }
body { margin: 0 auto; max-width: 186mm; font: 11pt/1.4 "Atkinson Hyperlegible Next", Verdana, sans-serif; color: #111 }
header { padding: 0 0 4mm } header h1 { font-size: 15pt; margin: 0 }
section { display: grid; grid-template-columns: 1fr 1fr; gap: 1mm 8mm; padding: 5mm 2mm; border-bottom: 1px dashed #555; break-inside: avoid }
section:first-of-type { border-top: 1px dashed #555 }
h2 { font-size: 13pt; margin: 0 } p { margin: 0 }
dl { margin: 0; display: grid; gap: 1mm } dl div { display: flex; justify-content: space-between; gap: 4mm }
dt { color: #444 } dd { margin: 0; font: 700 12pt ui-monospace, Consolas, monospace }
.how { grid-column: 1 / -1; font-size: 9.5pt; color: #333 }
@media screen { body { padding: 8mm } }
`

/** A page to print and cut: one strip a person. */
export const codesPage = (school: string, handed: readonly Handed[], address?: string): string => `<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="robots" content="noindex">
<title>${escaped(`Codes d’activation · ${school}`)}</title>
<style>${style}</style>
</head>
<body>
<header><h1>${escaped(school)}</h1><p>Codes d’activation : ${handed.length} à découper et à remettre en mains propres.</p></header>
<main>
${handed.map(one => strip(address, one)).join('\n')}
</main>
</body>
</html>
`
