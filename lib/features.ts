import type { Construct } from 'constructs'
import { rebuildAccess, rebuildOrderAccess } from '../functions/delivery/access.ts'
import {
  deliveryAccess as directoryDelivery,
  dueAccess as directoryDue,
  erasureAccess as directoryErasure,
  unattendedAccess,
} from '../functions/directory/access.ts'
import {
  arrivalsAccess,
  deliveryAccess as documentsDelivery,
  dueAccess as documentsDue,
  erasureAccess as documentsErasure,
} from '../functions/documents/access.ts'
import {
  deliveryAccess as newsDelivery,
  dueAccess as newsDue,
  erasureAccess as newsErasure,
} from '../functions/news/access.ts'
import { type Access, boardsAccess } from '../functions/platform/access.ts'
import { deliveryAccess as sessionDelivery, erasureAccess as sessionErasure } from '../functions/session/access.ts'
import {
  deliveryAccess as workDelivery,
  dueAccess as workDueAccess,
  erasureAccess as workErasure,
} from '../functions/work/access.ts'
import type { FeatureName, FunctionName } from '../shared/features.ts'
import { directoryFunction } from './directory.ts'
import { documentsFunction } from './documents.ts'
import { homeFunction } from './home.ts'
import { newsFunction } from './news.ts'
import type { FunctionProps, ServiceFunction } from './platform/service-function.ts'
import { factorFunction, passwordFunction, sessionFunction } from './session.ts'
import { workFunction } from './work.ts'

/** For each contract, what declares its Lambda function in the stack. */
export const functions: Readonly<Record<FunctionName, (scope: Construct, props: FunctionProps) => ServiceFunction>> = {
  password: passwordFunction,
  factor: factorFunction,
  session: sessionFunction,
  directory: directoryFunction,
  news: newsFunction,
  work: workFunction,
  documents: documentsFunction,
  home: homeFunction,
}

/** The table access that each feature's stream subscriptions need; undefined for a feature without subscriptions. */
export const deliveryAccesses: Readonly<Record<FeatureName, Access | undefined>> = {
  session: sessionDelivery,
  directory: directoryDelivery,
  news: newsDelivery,
  work: workDelivery,
  documents: documentsDelivery,
  home: undefined,
}

/** The table access that each feature needs when something is due; undefined for a feature that schedules nothing. */
export const clockAccesses: Readonly<Record<FeatureName, Access | undefined>> = {
  session: undefined,
  directory: directoryDue,
  news: newsDue,
  work: workDueAccess,
  documents: documentsDue,
  home: undefined,
}

/** The table access by which people are erased from each feature's items; undefined for one without items. */
export const erasureAccesses: Readonly<Record<FeatureName, Access | undefined>> = {
  session: sessionErasure,
  directory: directoryErasure,
  news: newsErasure,
  work: workErasure,
  documents: documentsErasure,
  home: undefined,
}

/** The table access that rendering boards needs, beside that of the features whose boards they are. */
export const renderingAccesses: readonly Access[] = [boardsAccess, rebuildAccess]

/** The table access of each migration in functions/features.ts, in the same order. */
export const migrationAccesses: readonly Access[] = []

/** What imports of the directory that run by themselves do with the table. */
export const importsAccess: Access = unattendedAccess

/** What the arrival of files does with the table. */
export const fileArrivalsAccess: Access = arrivalsAccess

/** The table access of the function that orders all boards to be rendered anew. */
export const boardsRebuildAccess: Access = rebuildOrderAccess
