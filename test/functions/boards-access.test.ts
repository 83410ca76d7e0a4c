import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PersonItem } from '../../functions/directory/audiences.ts'
import { tokenFor } from '../../functions/session/grant.ts'
import { contracts } from '../../shared/features.ts'
import { type Board, boardPath, edgeMePath, indexPath, indexRoleOf, indexRoles } from '../../shared/kernel/board.ts'
import type { Contract } from '../../shared/kernel/route.ts'
import { type Database, startDynamoDb } from '../support/dynamodb.ts'
import { type TestPlatform, testPlatform } from '../support/platform.ts'
import { college, ecole, type School, seedSchool } from '../support/school.ts'
import { storeOf, viewer } from './edge/viewer.ts'

let database: Database
let platform: TestPlatform
let school: School
let ask: (uri: string, who?: PersonItem) => Promise<number>

beforeAll(async () => {
  database = await startDynamoDb()
  platform = await testPlatform(database)
  school = await seedSchool(database)
  const secrets = Object.fromEntries(platform.secrets.signing.map(({ kid, secret }) => [kid, secret]))
  const view = viewer(storeOf(secrets), () => platform.now().getTime())
  const session = { session: 's'.repeat(20), expiresAt: 4_000_000_000 }
  ask = async (uri, who) => {
    const value = who && tokenFor(who, session, platform.secrets, platform.now()).token
    const { reply } = await view({ uri, cookies: value === undefined ? {} : { '__Host-preau': { value } } })
    // Without a reply, the request goes on to the bucket.
    return reply?.statusCode ?? 200
  }
})
afterAll(() => database.close())

const boards = contracts.flatMap(({ board }: Contract): Board[] => (board ? [board] : []))
const filesOf = ({ service, shape, parts, former = [] }: Board) =>
  [service, ...Object.keys(parts).map(part => `${service}-${part}`)].flatMap(name =>
    [shape, shape + 1, ...former.map(one => one.shape)].map(version => `${name}.${version}.0123456789abc`),
  )

/** Every person of the two schools, by name. */
const people = () => Object.entries(school.people)

describe.each(boards)('handler() of the board of $service', board => {
  it('lets the members of an audience read its files, and nobody else', async () => {
    const audiences = new Map(people().flatMap(([, person]) => person.audiences.map(one => [one.id, one.kind])))
    let passed = 0
    expect([...new Set(audiences.values())]).toEqual(expect.arrayContaining([...board.audiences]))
    for (const audience of audiences.keys()) {
      for (const file of filesOf(board)) {
        const uri = boardPath(audience, file)
        expect(await ask(uri), `${uri}: signed out`).toBe(401)
        for (const [name, person] of people()) {
          const isMember = person.audiences.some(one => one.id === audience)
          expect(await ask(uri, person), `${uri}: ${name}`).toBe(isMember ? 200 : 403)
          if (isMember) passed++
        }
      }
    }
    expect(passed).toBeGreaterThan(50)
  })
})

describe('handler() of an index', () => {
  it('lets who has the role in the school read it, and nobody else', async () => {
    for (const uai of [college, ecole, '0750003C'])
      for (const role of indexRoles) {
        const uri = indexPath(uai, role)
        expect(await ask(uri), `${uri}: signed out`).toBe(401)
        for (const [name, person] of people()) {
          const holds = person.roles.some(one => one.uai === uai && indexRoleOf(one.role) === role)
          expect(await ask(uri, person), `${uri}: ${name}`).toBe(holds ? 200 : 403)
        }
      }
  })
})

describe('handler() of /boards/me', () => {
  it('answers everybody who is signed in', async () => {
    expect(await ask(edgeMePath)).toBe(401)
    for (const [name, person] of people()) expect(await ask(edgeMePath, person), name).toBe(200)
  })
})
