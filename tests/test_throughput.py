"""The training loop's speed is measured against a plain loop that does the real work."""

import pytest

from training import throughput


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_both_loops_train_and_their_rates_are_told(monkeypatch, capfd):
    monkeypatch.setattr(throughput, "_STEPS", 1)
    monkeypatch.setattr(throughput, "_ROUNDS", 1)
    assert throughput.main(["--side", "420", "--device", "cpu"]) == 0
    lines = capfd.readouterr().out.splitlines()
    rates = {line[:26].strip(): line[26:].split() for line in lines[1:]}
    assert set(rates) == {"plain loop", "plain loop, two readers", "this program"}
    assert all(float(row[0]) > 0 for row in rates.values())
    assert max(float(rates[n][2]) for n in rates if n.startswith("plain")) == pytest.approx(1)
