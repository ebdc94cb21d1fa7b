"""The worker of the browser tests hears of every task, whatever ran before in the same process."""

from config.celery import app
from tests.browser.conftest import messages_in_memory


def sends_by() -> str:
    """The transport that a task sent now would take."""
    with app.amqp.producer_pool.acquire(block=True) as producer:
        assert producer.connection is not None
        return str(producer.connection.transport_cls)


def test_connections_of_an_earlier_test_are_forgotten() -> None:
    usual = sends_by()
    with messages_in_memory():
        assert sends_by() == "memory"
    assert sends_by() == usual != "memory"
