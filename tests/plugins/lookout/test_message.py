from __future__ import annotations

from plugins.lookout.message import Message, message_json
from tests.plugins.conftest import NOON


def test_a_message_says_in_one_line_what_is_so_and_below_what_to_do() -> None:
    message = Message("over", "waiting", "没有等待的文件。", "", NOON, NOON, "江州置业")
    assert message.subject == "[dossier] 已恢复正常 all well again: waiting"
    assert message.text.splitlines()[0] == "没有等待的文件。"
    assert "江州置业" in message.text


def test_its_json_has_a_text_that_a_chat_can_show_as_it_is() -> None:
    told = message_json(Message("began", "disk", "磁盘只剩 3 MB。", "清理。", NOON, NOON, ""))
    assert str(told["text"]).startswith("[dossier] 出现问题 trouble: disk\n磁盘只剩 3 MB。\n清理。\n")
