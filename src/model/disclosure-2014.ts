/**
 * Kinds of answer of the statistics before 2019 (国办发〔2014〕32号), for applications that go by the 条例 of 2007. The
 * rows were taken down from memory and are not confirmed by a text: whoever files that form checks them.
 */
export interface Answer2014 {
  id: string
  /** As people choose it. */
  words: string
}

const answer = (id: string, words: string): Answer2014 => ({ id, words })

/** Ids that the form of 2021 has too mean the same there. */
export const answers2014: readonly Answer2014[] = [
  answer('already-public', '属于已主动公开范围'),
  answer('granted', '同意公开'),
  answer('partial', '同意部分公开'),
  answer('secret', '不同意公开·涉及国家秘密'),
  answer('trade-secret', '不同意公开·涉及商业秘密'),
  answer('privacy', '不同意公开·涉及个人隐私'),
  answer('security', '不同意公开·危及国家安全、公共安全、经济安全和社会稳定'),
  answer('no-such-kind', '不同意公开·不是《条例》所指政府信息'),
  answer('forbidden', '不同意公开·法律法规规定的其他情形'),
  answer('not-ours', '不属于本行政机关公开'),
  answer('not-existing', '申请信息不存在'),
  answer('to-change', '告知作出更改补充'),
  answer('elsewhere', '告知通过其他途径办理'),
]
