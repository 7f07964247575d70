"""Limits on time (办理时限): 审批时间压缩至30个工作日, 3个工作日内办结."""

from __future__ import annotations

import re

from luoshi.compiler.target import assemble, phrase
from luoshi.compiler.target.figure import Figure, Reason
from luoshi.compiler.target.item import Item
from luoshi.compiler.target.relation import Relation
from luoshi.compiler.target.scene import Context

_TIMED = re.compile(
    r"(?P<act>(?:平均|总|全流程|审批|办理|办结|登记|通关|报建|办证|验收|服务|施工|交房|等候|等待|设立|开办|获得)*)"
    r"(?P<noun>时间|时限|期限|周期|天数|日数|用时|耗时|工期|时长)$"
)
_HANDLED = re.compile(
    r"审批|登记|办理|开办|许可|服务|事项|备案|核准|报装|接入|通关|立项|验收|办结|立案|注册|报建"
)
_ADVERBIAL = re.compile(r"(?:在|于|原则上|一律|全部|均|(?<!许)可|即可|都|要|须|实现|确保)+$")


def read(context: Context, item: Item, stated: Relation, words: phrase.Phrase) -> Figure:
    """Read a limit on time; what is timed may stand before it, and the act after it."""
    carry = context.carry
    act = re.match(r"[^，。；、（]{0,8}", item.site.right)
    subject = phrase.clean(_ADVERBIAL.sub("", words.words))
    done = phrase.clean(act[0]) if act else ""
    reasons: list[Reason] = []
    timed = _TIMED.search(subject)
    if carry.topic and (not subject or (timed and timed.start() == 0)) and stated.changes != "cut":
        subject = carry.topic + subject
        reasons.append(Reason("indicator", 0.6, "C302", carry.topic))
    if timed:
        carry.timed = timed[0]
        indicator = subject
    else:
        carry.topic = subject or carry.topic
        indicator = subject
        if done:
            indicator += done + "时限"
        elif carry.timed or _HANDLED.search(subject):
            indicator += carry.timed or "办理时限"
    carry.verb = ""
    return assemble.figure(context, item, stated, indicator, "", reasons)
