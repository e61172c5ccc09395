import { expect, it } from 'vitest'
import { masked } from '../../src/model/mask.ts'

it.each([
  ['联系人张三13812345678，周五前报', '联系人张三138****5678，周五前报'],
  ['身份证51040219800229123X', '身份证510402********123X'],
  ['电话：13900001111、18600002222', '电话：139****1111、186****2222'],
  // What only looks alike is left: numbers of documents, longer rows of digits, days that are none.
  ['攀办发〔2017〕12345678901号', '攀办发〔2017〕12345678901号'],
  ['编号138123456789', '编号138123456789'],
  ['510402198013291234', '510402198013291234'],
  ['见 https://a.gov.cn/t13812345678.html，电话13812345678', '见 https://a.gov.cn/t13812345678.html，电话138****5678'],
])('%s', (text, said) => expect(masked(text)).toBe(said))
