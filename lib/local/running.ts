import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { keep, readKept } from './kept.ts'

/** How a running territory is reached, as its `region.json` tells. */
export type Running = {
  readonly url: string
  /** Of its DynamoDB. */
  readonly endpoint: string
  readonly table: string
  readonly region: string
  readonly pid: number
}

/** What stays when it does not run. */
export type Lasting = {
  readonly table: string
  readonly region: string
  /** Without the demo county. */
  readonly empty: boolean
  /** When it was made (ISO 8601). */
  readonly since?: string
}

const fileOf = (folder: string) => join(folder, 'region.json')
const lastingOf = (folder: string) => join(folder, 'territory.json')

/** Tells that it runs. */
export const announce = (folder: string, running: Running): void => keep(fileOf(folder), running)

/** Takes back what was told, by whoever holds the folder: a killed territory leaves its note. */
export const unannounce = (folder: string): void => rmSync(fileOf(folder), { force: true })

/** The territory that runs on a folder that another process holds; undefined if that one only starts, or imports. */
export const runningIn = (folder: string): Running | undefined => readKept(fileOf(folder), undefined)

export const keepLasting = (folder: string, lasting: Lasting): void => keep(lastingOf(folder), lasting)
export const lastingIn = (folder: string): Lasting | undefined => readKept(lastingOf(folder), undefined)
