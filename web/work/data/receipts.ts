import { useSyncExternalStore } from 'react'
import * as z from 'zod/mini'
import { Receipt } from '../../../shared/work/hand-in.ts'
import { localStore, safely } from '../../platform/storage.ts'

/** Receipts that are kept of a person, of what was handed in last. */
const most = 60

const keyOf = (person: string) => `preau.work.receipts.${person}`

/** What this page knows where the device's storage is full or denied: receipts can be asked of the API. */
const unstored = new Map<string, string>()
const listeners = new Set<() => void>()
const known = new Map<string, { readonly text: string; readonly receipts: readonly Receipt[] }>()

const parsed = (text: string): readonly Receipt[] => {
  const found = z.safeParse(z.array(z.unknown()), safely(() => JSON.parse(text)) ?? [])
  return (found.success ? found.data : []).flatMap(one => {
    const receipt = z.safeParse(Receipt, one)
    return receipt.success ? [receipt.data] : []
  })
}

const current = (person: string): readonly Receipt[] => {
  const text = unstored.get(person) ?? safely(() => localStore.getItem(keyOf(person))) ?? '[]'
  const last = known.get(person)
  if (last?.text === text) return last.receipts
  const receipts = parsed(text)
  known.set(person, { text, receipts })
  return receipts
}

/** Keeps receipts on this device, for whoever handed in. */
export const keepReceipts = (person: string, receipts: readonly Receipt[]): void => {
  const ids = new Set(receipts.map(({ id }) => id))
  const all = [...receipts, ...current(person).filter(({ id }) => !ids.has(id))].sort((a, b) => (a.at < b.at ? 1 : -1))
  const text = JSON.stringify(all.slice(0, most))
  unstored.delete(person)
  const isStored = safely(() => {
    localStore.setItem(keyOf(person), text)
    return true
  })
  if (!isStored) unstored.set(person, text)
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  addEventListener('storage', listener)
  return () => {
    listeners.delete(listener)
    removeEventListener('storage', listener)
  }
}

/** The receipts on this device of what somebody handed in, the last one first. They stay over a sign-out. */
export const useReceipts = (person: string): readonly Receipt[] =>
  useSyncExternalStore(subscribe, () => current(person))
