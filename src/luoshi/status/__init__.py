"""Status (状态): the expected course of a figure, its light with the reason, roll-ups and forecasts."""
