import type { NewsItem } from '../../../functions/news/patterns.ts'
import type { AudienceKind } from '../../../shared/kernel/audience.ts'
import { bigCollege, ecole, known, lycee } from './county.ts'

/** A news item of the demo county. `lead` is its first paragraph, which lists show; `day` counts back from today. */
export type Article = {
  readonly day: number
  readonly time: string
  readonly author: string
  readonly uai: string
  readonly to: readonly (AudienceKind | { readonly kind: 'class' | 'class-guardians'; readonly name: string })[]
  readonly title: string
  readonly lead: string
  readonly rest?: string
  readonly pinned?: boolean
  readonly urgent?: boolean
  readonly notice?: NewsItem['notice']
  /** Per cent of those addressed who have seen it. */
  readonly seen?: number
}

const sixA = [
  { kind: 'class', name: '6e A' },
  { kind: 'class-guardians', name: '6e A' },
] as const
const sixAFamilies = [{ kind: 'class-guardians', name: '6e A' }] as const
const cm1Families = [{ kind: 'class-guardians', name: 'CM1' }] as const

const college: readonly Omit<Article, 'uai'>[] = [
  {
    day: 13,
    time: '08:10',
    author: known.head,
    to: ['school'],
    pinned: true,
    seen: 20,
    title: 'Bienvenue au collège des Trois Rivières',
    lead: 'Toute l’équipe vous souhaite une belle année. Vous trouverez ici les informations du collège, au fil des semaines.',
    rest: '- Les **emplois du temps** sont affichés sous le préau.\n- Le secrétariat vous reçoit de 8 h à 17 h, sauf le mercredi après-midi.\n- Pour joindre la vie scolaire, passez par l’accueil.',
  },
  {
    day: 12,
    time: '10:05',
    author: known.pupilLife,
    to: ['guardians'],
    notice: 'pupil',
    seen: 12,
    title: 'Règlement intérieur à signer',
    lead: 'Merci de lire le règlement intérieur avec votre enfant, puis de le signer. Une signature par élève suffit.',
    rest: 'Ce qui change cette année :\n\n1. Les téléphones restent éteints dans les casiers de 8 h à 17 h.\n2. Les sorties entre 12 h et 14 h demandent une autorisation écrite.\n3. Tout retard est signalé le jour même.',
  },
  {
    day: 11,
    time: '16:40',
    author: known.teacher,
    to: sixA,
    seen: 45,
    title: 'Matériel de mathématiques',
    lead: 'Pour lundi : un compas, une équerre et un rapporteur gradué dans les deux sens. La calculatrice n’est pas nécessaire ce trimestre.',
  },
  {
    day: 10,
    time: '09:20',
    author: known.head,
    to: ['guardians'],
    seen: 15,
    title: 'Élections des représentants de parents',
    lead: 'Le vote a lieu le vendredi de 8 h à 16 h dans le hall, ou par correspondance avec l’enveloppe remise à votre enfant.',
    rest: 'Chaque parent vote. Les listes de candidats sont affichées à l’entrée.',
  },
  {
    day: 8,
    time: '11:30',
    author: known.pupilLife,
    to: ['pupils'],
    seen: 8,
    title: 'Ouverture des clubs du midi',
    lead: 'Échecs, théâtre, jardin et journal : les clubs reprennent. Inscriptions au bureau de la vie scolaire, jusqu’à jeudi.',
    rest: '- **Échecs** : lundi\n- **Théâtre** : mardi\n- **Jardin** : jeudi\n- **Journal** : vendredi',
  },
  {
    day: 7,
    time: '17:15',
    author: known.teacher,
    to: sixAFamilies,
    notice: 'guardian',
    seen: 60,
    title: 'Réunion des parents de 6e A',
    lead: 'Je vous attends mardi à 18 h en salle 12, pour faire connaissance et parler de l’entrée en sixième. Merci de signer pour dire que vous avez lu ce mot.',
    rest: 'Si vous ne pouvez pas venir, répondez à votre enfant sur son carnet : je vous proposerai un autre moment.',
  },
  {
    day: 5,
    time: '07:45',
    author: known.head,
    to: ['adults'],
    seen: 55,
    title: 'Conseil pédagogique de jeudi',
    lead: 'Ordre du jour : évaluations de sixième, voyages, devoirs faits. Salle de réunion, 17 h.',
  },
  {
    day: 4,
    time: '12:20',
    author: known.pupilLife,
    to: ['school'],
    seen: 10,
    title: 'Objets trouvés',
    lead: 'Trois manteaux, deux clés et une trompette vous attendent à la loge. Ils seront donnés à une association à la fin du mois.',
  },
  {
    day: 3,
    time: '08:30',
    author: known.teacher,
    to: sixA,
    seen: 30,
    title: 'Contrôle sur les nombres décimaux',
    lead: 'Il aura lieu vendredi. Révisez le chapitre 2 et refaites les exercices 14 à 18 ; les corrigés ont été distribués.',
  },
  {
    day: 2,
    time: '14:00',
    author: known.pupilLife,
    to: sixAFamilies,
    notice: 'pupil',
    seen: 25,
    title: 'Sortie au musée : autorisation',
    lead: 'Les élèves de 6e A visitent le musée archéologique jeudi prochain, de 9 h à 16 h 30. Signez pour autoriser la sortie.',
    rest: 'Prévoir un **pique-nique sans contenant en verre** et un vêtement de pluie. La sortie est gratuite.',
  },
  {
    day: 1,
    time: '18:05',
    author: known.head,
    to: ['school'],
    urgent: true,
    seen: 6,
    title: 'Pas de cars scolaires demain matin',
    lead: 'En raison du verglas annoncé, les cars ne circulent pas demain matin. Le collège reste ouvert et accueille tous les élèves présents.',
    rest: 'Aucune absence ne sera retenue contre un élève transporté. Les cours sont assurés pour les présents.',
  },
  {
    day: 0,
    time: '07:35',
    author: known.pupilLife,
    to: ['guardians', 'pupils'],
    seen: 3,
    title: 'Les cars circulent de nouveau cet après-midi',
    lead: 'Les retours de 16 h et 17 h sont assurés aux horaires habituels.',
  },
]

const primary: readonly Omit<Article, 'uai'>[] = [
  {
    day: 13,
    time: '09:00',
    author: known.director,
    to: ['school'],
    pinned: true,
    seen: 40,
    title: 'Les horaires de l’école',
    lead: 'Le portail ouvre à 8 h 20 et à 13 h 20. La garderie accueille les enfants à partir de 7 h 30 et jusqu’à 18 h 30.',
  },
  {
    day: 9,
    time: '16:50',
    author: known.schoolTeacher,
    to: cm1Families,
    seen: 70,
    title: 'Piscine le mardi',
    lead: 'Les CM1 vont à la piscine chaque mardi matin. Maillot, serviette et bonnet dans un sac au nom de l’enfant.',
  },
  {
    day: 6,
    time: '08:40',
    author: known.director,
    to: ['guardians'],
    notice: 'guardian',
    seen: 35,
    title: 'Assurance scolaire',
    lead: 'Merci de remettre l’attestation d’assurance avant la fin du mois, et de signer ce mot dès que c’est fait.',
  },
  {
    day: 3,
    time: '16:45',
    author: known.schoolTeacher,
    to: cm1Families,
    notice: 'pupil',
    seen: 50,
    title: 'Classe découverte : réunion et accord',
    lead: 'Nous partons trois jours en juin au bord du lac. Signez pour donner votre accord de principe ; la réunion a lieu lundi à 17 h.',
  },
  {
    day: 1,
    time: '12:10',
    author: known.director,
    to: ['guardians'],
    seen: 15,
    title: 'Menu de la cantine',
    lead: 'Jeudi, repas de saison : velouté de potiron, parmentier de lentilles, poire. Le menu du mois est affiché au portail.',
  },
]

/** Two weeks of the life of the county's schools. The lycée's head is not among the known people: whoever the feed names writes. */
export const articles: readonly Article[] = [
  ...college.map(article => ({ ...article, uai: bigCollege.uai })),
  ...primary.map(article => ({ ...article, uai: ecole.uai })),
  {
    day: 5,
    time: '10:30',
    author: 'head',
    uai: lycee.uai,
    to: ['school'],
    seen: 5,
    title: 'Journée portes ouvertes',
    lead: 'Le lycée ouvre ses portes samedi de 9 h à 13 h. Les volontaires pour guider les visiteurs s’inscrivent à la vie scolaire.',
  },
]
