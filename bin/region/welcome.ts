import { relative } from 'node:path'
import type { DemoAccount } from '../directory/demo/accounts.ts'
import { columns } from './columns.ts'

const roles: Readonly<Record<string, string>> = {
  guardian: 'guardian',
  pupil: 'pupil',
  teacher: 'teacher',
  'pupil-life': 'CPE (vie scolaire)',
  head: 'head of school',
  administrator: 'school administrator',
}

const signIn = (accounts: readonly DemoAccount[]): string[] => [
  'Open it in a browser and sign in with one of these logins. The password of all of them is',
  '',
  `  ${accounts[0]?.password}`,
  '',
  ...columns([
    ['login', 'who', 'school'],
    ...accounts.map(({ login, name, role, school }) => [login, `${name}, ${roles[role] ?? role}`, school]),
  ]),
]

const importing = (data: string): string[] => {
  const where = data === '.preau' ? '' : ` --data ${data}`
  return [
    'Nobody is in it yet. In another terminal, bring in a directory, appoint an administrator and print the codes:',
    '',
    `  npm run directory -- import <folder or zip>${where}`,
    `  npm run directory -- administrator --school <uai> --person <login or key>${where}`,
    `  npm run directory -- codes --school <uai>${where}`,
    '',
    `A delivery put into ${data}/feeds (best as one ZIP archive) is imported by itself, as on AWS.`,
  ]
}

export type Welcome = {
  readonly url: string
  /** The territory's folder. */
  readonly data: string
  readonly seconds: number
  /** The demo county's accounts; undefined in a territory without it. */
  readonly accounts: readonly DemoAccount[] | undefined
}

/** The text printed when the territory is ready. */
export const welcome = ({ url, data, seconds, accounts }: Welcome): string => {
  const within = relative(process.cwd(), data)
  const folder = within.startsWith('..') ? data : within || '.'
  return [
    '',
    `Préau is ready at ${url}   (${seconds.toFixed(1)} s)`,
    '',
    ...(accounts ? signIn(accounts) : importing(folder)),
    '',
    `Ctrl-C ends it; its data and logs are in ${folder}, and counts of each function in ${folder}/figures.json.`,
  ].join('\n')
}
