import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CfnResource } from 'aws-cdk-lib'
import { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import { Bucket } from 'aws-cdk-lib/aws-s3'
import { describe, expect, it } from 'vitest'
import { ServiceFunction } from '../../lib/platform/service-function.ts'
import { territories } from '../../lib/territories.ts'
import { builtAssembly } from '../support/built.ts'
import { appOf } from './check/app.ts'

type Report = { pluginReports: { pluginName: string; violations: { ruleName: string }[] }[] }

/** The findings of a synth's checks that are not accepted, errors and warnings. */
const findings = (folder: string): string[] => {
  const report: Report = JSON.parse(readFileSync(join(folder, 'validation-report.json'), 'utf8'))
  return report.pluginReports.flatMap(({ violations }) => violations.map(one => one.ruleName))
}

describe('cdk-nag (AwsSolutions) and the CDK’s own checks', () => {
  it.each(territories.map(one => one.name))('find nothing in %s', name => {
    expect(findings(builtAssembly(name))).toEqual([])
  })

  it('find an unprotected bucket, a wide grant and an unknown property, despite what is accepted', () => {
    const { app, stack, outdir } = appOf('demo')
    new Bucket(stack, 'Unprotected')
    new CfnResource(stack, 'Odd', { type: 'AWS::SQS::QueuePolicy', properties: { Queue: 'x' } })
    const publisher = stack.node.findAll().find(one => one instanceof ServiceFunction && one.service.name === 'site')
    ;(publisher as ServiceFunction).addToRolePolicy(new PolicyStatement({ actions: ['s3:*'], resources: ['*'] }))
    expect(() => app.synth()).toThrow(/AwsSolutions-S10/)
    expect(findings(outdir)).toEqual(
      expect.arrayContaining([
        'AwsSolutions-S1',
        'AwsSolutions-S10',
        'AwsSolutions-IAM5[Action::s3:*]',
        'AwsSolutions-IAM5[Resource::*]',
        'F3003',
      ]),
    )
  })
})
