"""Drills (拉练): a visit list in order, sheets of panel members by a scheme that is data, a ranking with ties and missing sheets stated."""
