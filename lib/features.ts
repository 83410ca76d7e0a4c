import type { Construct } from 'constructs'
import { deliveryAccess as newsDelivery } from '../functions/news/access.ts'
import type { Access } from '../functions/platform/access.ts'
import type { FeatureName, FunctionName } from '../shared/features.ts'
import { directoryFunction } from './directory.ts'
import { newsFunction } from './news.ts'
import type { FunctionProps, ServiceFunction } from './platform/service-function.ts'
import { passwordFunction, sessionFunction } from './session.ts'

/** For each contract, what declares its Lambda function in the stack. */
export const functions: Readonly<Record<FunctionName, (scope: Construct, props: FunctionProps) => ServiceFunction>> = {
  password: passwordFunction,
  session: sessionFunction,
  directory: directoryFunction,
  news: newsFunction,
}

/** The table access that each feature's stream subscriptions need; undefined for a feature without subscriptions. */
export const deliveryAccesses: Readonly<Record<FeatureName, Access | undefined>> = {
  session: undefined,
  directory: undefined,
  news: newsDelivery,
}
