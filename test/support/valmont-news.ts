import { audienceId } from '../../functions/directory/audiences.ts'
import type { AudienceKind } from '../../shared/kernel/audience.ts'
import { newsContract } from '../../shared/news/contract.ts'
import { accepted } from './accepted.ts'
import { eventually } from './http.ts'
import type { Valmont } from './populate.ts'
import { classes, college, ecole, idOf, type Name } from './valmont.ts'

type Article = {
  readonly by: Name
  readonly title: string
  readonly body: string
  readonly to: readonly string[]
  readonly pinned?: boolean
  readonly urgent?: boolean
  readonly notice?: 'guardian' | 'pupil'
}

const all = (kind: AudienceKind, school = college) => audienceId(kind, school.uai)
const sixA = { pupils: audienceId('class', classes.sixA), families: audienceId('class-guardians', classes.sixA) }
const cm1 = audienceId('class-guardians', classes.cm1)

/** The news of Valmont's schools, oldest first. */
const articles: readonly Article[] = [
  {
    by: 'marc',
    to: [all('school')],
    pinned: true,
    title: 'Bienvenue au collège des Tilleuls',
    body: 'Toute l’équipe vous souhaite une belle année.\n\n- Les **emplois du temps** sont affichés sous le préau.\n- Le secrétariat reçoit de 8 h à 17 h, sauf le mercredi après-midi.\n\nLe [règlement intérieur](https://exemple.fr/reglement) est à lire en famille.',
  },
  {
    by: 'claire',
    to: [all('guardians', ecole)],
    title: 'Menu de la cantine',
    body: 'Jeudi, repas de saison : velouté de potiron, parmentier de lentilles, poire.',
  },
  {
    by: 'nadia',
    to: [all('pupils')],
    title: 'Ouverture des clubs du midi',
    body: 'Échecs, théâtre, jardin et journal : les clubs reprennent. Inscriptions à la vie scolaire jusqu’à jeudi.',
  },
  {
    by: 'helene',
    to: [sixA.pupils, sixA.families],
    title: 'Matériel de mathématiques',
    body: 'Pour lundi : un compas, une équerre et un rapporteur gradué dans les deux sens.',
  },
  {
    by: 'nadia',
    to: [all('guardians')],
    notice: 'pupil',
    title: 'Règlement intérieur à signer',
    body: 'Merci de lire le règlement avec votre enfant, puis de le signer. Une signature par élève suffit.\n\n1. Les téléphones restent éteints de 8 h à 17 h.\n2. Les sorties entre 12 h et 14 h demandent une autorisation écrite.\n3. Tout retard est signalé le jour même.',
  },
  {
    by: 'elodie',
    to: [cm1],
    notice: 'guardian',
    title: 'Classe découverte : réunion et accord',
    body: 'Nous partons trois jours en juin au bord du lac. Signez pour donner votre accord de principe.',
  },
  {
    by: 'helene',
    to: [sixA.families],
    notice: 'pupil',
    title: 'Sortie au musée : autorisation',
    body: 'Les élèves de 6e A visitent le musée archéologique jeudi, de 9 h à 16 h 30.\n\nPrévoir un **pique-nique sans contenant en verre** et un vêtement de pluie.',
  },
  {
    by: 'marc',
    to: [all('school')],
    urgent: true,
    title: 'Pas de cars scolaires demain matin',
    body: 'En raison du verglas annoncé, les cars ne circulent pas demain matin. Le collège reste ouvert.',
  },
]

/** Titles of articles that tests look for. */
export const titleOf = {
  welcome: 'Bienvenue au collège des Tilleuls',
  rules: 'Règlement intérieur à signer',
  outing: 'Sortie au musée : autorisation',
  urgent: 'Pas de cars scolaires demain matin',
} as const

/**
 * Publishes Valmont's news, each article by its author; one guardian reads and signs one of them. Resolves when the
 * stream has counted the signature. @returns the ids by title.
 */
export const publishNews = async (valmont: Valmont): Promise<Map<string, string>> => {
  const { publish, seen, sign, edited } = newsContract.routes
  const ids = new Map<string, string>()
  for (const { by, to, title, body, pinned = false, urgent = false, notice = 'none' } of articles) {
    const uai = by === 'claire' || by === 'elodie' ? ecole.uai : college.uai
    const author = await valmont.as(by)
    const reply = await author.ask(publish, { body: { uai, title, body, audiences: to, pinned, urgent, notice } })
    if (reply.status !== 201) throw new Error(`${title} was not published: ${JSON.stringify(reply.body)}`)
    ids.set(title, reply.body.id)
  }
  const outing = ids.get(titleOf.outing) ?? ''
  const karim = await valmont.as('karim')
  await accepted(karim.ask(seen, { body: { news: [outing] } }))
  await accepted(karim.ask(sign, { params: { news: outing }, body: { pupil: idOf('ines') } }))
  const helene = await valmont.as('helene')
  await eventually(async () => {
    const { body } = await accepted(helene.ask(edited, { params: { news: outing } }))
    return body.signed === 1 || undefined
  })
  return ids
}
