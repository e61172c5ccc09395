import type { Key } from '../town/permissions.ts'

/** Who says it (an account of the matrix town), and the words. */
export type Line = [who: string, says: string]

export interface Scene {
  /** Ways to say it; the answer to the first is shown. */
  says: Line[]
  /** The office above has handed down 上级17-1. */
  handedDown?: true
  /** What must have happened before. */
  before?: Line[]
  /** Something that does not come off, shown with its answer. */
  wrong?: Line
}

/** Conversations that the page of commands is made of. Every one is held anew when the page is checked. */
export const scenes: Record<Key, Scene> = {
  list: {
    says: [
      ['leader', '本月市财政局有哪些到期任务'],
      ['office', '待审核的反馈'],
      ['liaison', '有哪些逾期任务'],
    ],
    wrong: ['liaison', '市环保局有哪些任务'],
  },
  task: {
    says: [
      ['liaison', '1-2是什么'],
      ['leader', '看下1-2'],
    ],
    wrong: ['liaison', '2-2是什么'],
  },
  figures: {
    says: [
      ['leader', '市财政局完成率多少'],
      ['office', '市财政局今年完成情况'],
    ],
    wrong: ['liaison', '市环保局完成率多少'],
  },
  rank: {
    says: [
      ['leader', '各单位排名'],
      ['office', '各单位完成率排名'],
    ],
    wrong: ['liaison', '各单位排名'],
  },
  deliveries: {
    says: [
      ['office', '推送情况'],
      ['office', '哪些群没有收到'],
      ['office', '本周推送都送到了吗'],
    ],
    wrong: ['liaison', '推送情况'],
  },
  noise: {
    says: [
      ['office', '消息统计'],
      ['leader', '上月给各单位发了多少条消息'],
    ],
    wrong: ['liaison', '消息统计'],
  },
  scores: {
    says: [
      ['liaison', '我单位考核得分'],
      ['office', '各单位考核得分'],
      ['leader', '市财政局考核扣分'],
    ],
    wrong: ['liaison', '各单位考核得分'],
  },
  tally: {
    says: [
      ['liaison', '7月报数：网站12条，微信30条，发布会1场，查阅点3个'],
      ['office', '市财政局电话报7月网站12条'],
      ['liaison', '报数'],
    ],
    wrong: ['liaison', '报数 二季度 网站30条'],
  },
  'self-score': {
    says: [
      ['liaison', '自评 2 4.5分 见附件'],
      ['office', '市财政局 自评 2 4.5分 见附件'],
    ],
    wrong: ['liaison', '自评 2 25分 见附件'],
  },
  contact: {
    says: [
      ['leader', '市财政局找谁'],
      ['liaison', '1-2找谁对接'],
    ],
    wrong: ['leader', '99号找谁'],
  },
  report: {
    says: [
      ['liaison', '1-1 7月的已公开 http://czj.example.gov.cn/7.html'],
      ['office', '市财政局电话报：1-1 7月的已公开'],
      ['liaison', '1-5已完成'],
    ],
    wrong: ['liaison', '2-1 7月的已公开'],
  },
  progress: {
    says: [
      ['liaison', '1-2正在办，栏目已建好，正在补充内容'],
      ['office', '市财政局电话报：1-2正在办'],
    ],
    wrong: ['liaison', '2-2正在办'],
  },
  accept: {
    says: [
      ['liaison', '签收 1-2'],
      ['liaison', '1-2、1-5收到'],
    ],
    wrong: ['liaison', '签收 2-2'],
  },
  secrecy: {
    says: [
      ['liaison', '1-1 已经保密审查（审查人：王科长）'],
      ['liaison', '1-1已通过保密审查'],
    ],
    wrong: ['liaison', '1-2 已经保密审查'],
  },
  tick: {
    says: [
      ['liaison', '1-6国库科已交'],
      ['liaison', '1-6国库科那份交了'],
    ],
    wrong: ['liaison', '1-2纸质件已送'],
  },
  withdraw: {
    says: [
      ['liaison', '撤回 1-1'],
      ['liaison', '1-1报错了，撤回'],
    ],
    wrong: ['liaison', '撤回 1-2'],
  },
  extend: {
    says: [
      ['liaison', '1-2申请延期到10月20日，因征求意见尚未结束'],
      ['liaison', '1-2能不能延期到10月20日'],
    ],
    wrong: ['liaison', '1-2申请延期到9月1日'],
  },
  claim: {
    says: [
      ['liaison', '认领 1-4'],
      ['liaison', '认领1-4，其余不涉及'],
    ],
    wrong: ['liaison', '认领 2-4'],
  },
  decline: {
    says: [
      ['liaison', '1-2不是我们的，应由市审计局负责'],
      ['liaison', '1-4与我局无关'],
    ],
    wrong: ['liaison', '2-2不是我们的'],
  },
  collect: {
    says: [
      ['liaison', '向配合单位收1-2材料，9月10日前'],
      ['office', '向市住建局收1-2材料，9月10日前'],
    ],
    wrong: ['liaison', '向配合单位收1-5材料'],
  },
  split: {
    says: [
      ['liaison', '1-2分给国库科、预算科，18日前'],
      ['liaison', '1-2分给办公室、国库科，9月1日前'],
    ],
    wrong: ['liaison', '2-2分给国库科、预算科'],
  },
  event: {
    says: [
      ['office', '2-3 国家意见8月1日已印发'],
      ['liaison', '1-3 国家意见8月1日已印发'],
    ],
    wrong: ['office', '1-2 国家意见8月1日已印发'],
  },
  approve: {
    says: [
      ['office', '通过 1-1'],
      ['office', '1-1审核通过'],
      ['office', '市财政局1-1可以销号'],
    ],
    wrong: ['office', '通过 1-2'],
  },
  return: {
    says: [
      ['office', '退回 1-1，链接打不开'],
      ['office', '市财政局1-1退回，请补充附件'],
    ],
    wrong: ['liaison', '退回 1-1，链接打不开'],
  },
  extension: {
    says: [
      ['office', '同意1-5延期'],
      ['office', '不同意1-5延期，请按原定时间办结'],
    ],
    wrong: ['office', '同意1-2延期'],
  },
  keep: {
    says: [
      ['office', '1-3还是由市财政局办'],
      ['office', '1-3责任单位维持不变'],
    ],
    wrong: ['office', '1-2还是由市财政局办'],
  },
  assign: {
    says: [
      ['office', '新增任务：市财政局9月15日前报送预算公开整改情况，来源：8月10日常务会'],
      ['office', '新增任务：市财政局10月底前清理公开栏目'],
    ],
    wrong: ['office', '新增任务：市财政局报送预算公开整改情况'],
  },
  amend: {
    says: [
      ['office', '1-2时限改为9月30日，因上级文件调整'],
      ['office', '更正1-2时限为9月30日'],
    ],
    wrong: ['liaison', '1-2时限改为9月30日'],
  },
  reassign: {
    says: [
      ['office', '1-2改派市审计局'],
      ['office', '把1-2转给市审计局'],
    ],
    wrong: ['office', '99号改派市审计局'],
  },
  suspend: {
    says: [
      ['office', '中止市财政局1-2，等待上级文件'],
      ['office', '市财政局1-2暂停办理'],
    ],
    wrong: ['office', '中止市财政局1-7'],
  },
  resume: {
    says: [
      ['office', '恢复1-7'],
      ['office', '市财政局1-7恢复办理'],
    ],
    wrong: ['office', '恢复1-2'],
  },
  waive: {
    says: [
      ['office', '免予办理市财政局1-2，与另一项合并'],
      ['office', '市财政局1-2不再督办，已并入其他任务'],
    ],
    wrong: ['office', '免予办理市财政局1-2'],
  },
  'report-up': {
    handedDown: true,
    says: [
      ['office', '上报 上级17-1：初稿已征求意见，预计9月中旬公开'],
      ['office', '上级17-1上报省里，已公开 http://www.example.gov.cn/zj'],
    ],
    wrong: ['office', '上报 上级17-1'],
  },
  urge: {
    says: [
      ['leader', '催一下市财政局1-1'],
      ['office', '催办所有逾期单位'],
    ],
    wrong: ['liaison', '催一下市财政局1-1'],
  },
  instruct: {
    says: [
      ['leader', '批示：请市财政局抓紧1-2，8月25日前报我'],
      ['office', '批示：请市财政局抓紧1-2'],
    ],
    wrong: ['liaison', '批示：请市财政局抓紧1-2'],
  },
  absence: {
    says: [
      ['liaison', '我下周请假，由B岗代'],
      ['liaison', '我请假到8月25日，由郑同代'],
    ],
    wrong: ['liaison', '我下周请假，由钱多代'],
  },
  handover: {
    says: [
      ['office', '市财政局联络员换成吴桐'],
      ['office', '市财政局联络员调整为吴桐'],
    ],
    wrong: ['office', '市财政局联络员换成钱多'],
  },
  mute: {
    says: [
      ['liaison', '静音一小时'],
      ['office', '取消静音'],
    ],
    wrong: ['audit', '静音一小时'],
  },
  export: {
    says: [
      ['office', '生成三季度通报'],
      ['office', '生成8月调度情况'],
      ['office', '导出8月台账'],
      ['liaison', '生成落实情况总结'],
      ['leader', '生成8月一页纸'],
    ],
    wrong: ['liaison', '生成三季度通报'],
  },
  papers: {
    says: [
      ['office', '有哪些待签发'],
      ['leader', '有哪些通报没签发'],
    ],
    wrong: ['liaison', '有哪些待签发'],
  },
  sign: {
    before: [['office', '生成三季度通报']],
    says: [
      ['office', '同意'],
      ['leader', '同意印发三季度通报'],
      ['office', '签发'],
    ],
  },
  talk: {
    says: [
      ['office', '记录约谈 市财政局 8月10日 李副市长约谈王局长，1-2逾期'],
      ['office', '约谈记录'],
    ],
    wrong: ['office', '记录约谈 市财政局 12月20日 李副市长约谈王局长，1-2逾期'],
  },
  subscribe: {
    says: [
      ['office', '每周五16:00推送逾期清单'],
      ['office', '每月25日9:30给工作群推送下月到期清单'],
      ['office', '把每周三的推送改到周四上午9点'],
      ['office', '每周一9点推送本周到期清单'],
    ],
    wrong: ['office', '每天晚上9点推送逾期清单'],
  },
  subscriptions: {
    says: [
      ['office', '有哪些推送'],
      ['office', '下次推送是什么时候'],
    ],
  },
  unsubscribe: {
    says: [
      ['office', '取消每周三的推送'],
      ['office', '停止推送'],
    ],
    wrong: ['liaison', '取消推送'],
  },
  show: {
    before: [['office', '绑定本群 市财政局 市环保局']],
    says: [
      ['office', '本群清单显示逾期'],
      ['office', '本群清单不显示逾期'],
    ],
    wrong: ['liaison', '本群清单显示逾期'],
  },
  bind: {
    says: [
      ['office', '绑定本群 市财政局'],
      ['ou_nobody', '绑定 8K3M7Q'],
    ],
    wrong: ['ou_nobody', '我是市财政局联络员'],
  },
  request: {
    before: [['office', '登记依申请 当面 8月14日 自然人 王小明 事由：财政决算 申请公开：2016年本级财政决算']],
    says: [
      ['office', '依申请1号'],
      ['office', '登记依申请 当面 8月14日 自然人 王小明 事由：土地出让 申请公开：2016年土地出让合同'],
      ['office', '把依申请1号交市财政局办，8月25日前报意见'],
      ['office', '依申请1号延期 经王主任同意，8月15日已告知申请人'],
      ['office', '依申请1号已答复 部分公开 云府公开答〔2017〕3号 8月15日邮寄'],
      ['office', '依申请有哪些快到期'],
    ],
    wrong: ['office', '依申请1号已答复'],
  },
  sentiment: {
    says: [
      ['office', '登记舆情 市民热线反映城东停水 重大 8:30'],
      ['office', '舆情1号转市财政局 6小时内反馈'],
      ['office', '舆情1号权威信息已发布 https://www.example.gov.cn/tingshui'],
      ['office', '舆情1号发布会已开'],
      ['office', '舆情有哪些没回应'],
    ],
    wrong: ['office', '登记舆情 市民热线反映城东停水'],
  },
  publication: {
    says: [
      ['office', '登记文件 云府发〔2017〕3号 关于做好秋季防汛工作的通知 主动公开 市财政局 8月3日 需要解读'],
      ['office', '文件1号保密审查通过 审查人：王静 8月4日'],
      ['liaison', '文件1号已公开 https://www.example.gov.cn/fangxun 8月7日'],
      ['liaison', '文件1号已解读 https://www.example.gov.cn/tujie 图解'],
      ['office', '公开文件有哪些没公开'],
    ],
    wrong: ['office', '登记文件 关于做好秋季防汛工作的通知 市财政局'],
  },
  activity: {
    says: [
      ['office', '登记听取汇报 8月3日 市财政局 政务公开工作 主要负责人'],
      ['office', 'R-1按主要负责人听取汇报计数'],
      ['leader', '今年听取汇报开了几次'],
      ['office', '撤销活动1号：登记重复'],
    ],
    wrong: ['office', '登记发布会'],
  },
  console: {
    says: [
      ['liaison', '网页版'],
      ['leader', '打开管理页面'],
      ['office', '登录链接发我'],
    ],
    wrong: ['ou_nobody', '网页版'],
  },
  help: {
    says: [
      ['liaison', '帮助'],
      ['office', '帮助 审核'],
    ],
  },
}
