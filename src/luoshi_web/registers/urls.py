from django.urls import path

from luoshi_web.registers import views

_IN = "plans/<int:plan_year_id>/delivery/"

app_name = "registers"
urlpatterns = [
    path(f"{_IN}rosters/", views.rosters, name="rosters"),
    path(f"{_IN}rosters/new/<str:target_id>/", views.new_roster, name="new_roster"),
    path(f"{_IN}rosters/<str:roster_id>/", views.roster, name="roster"),
    path(f"{_IN}rosters/<str:roster_id>/item/", views.save_item, name="save_item"),
    path(f"{_IN}rosters/<str:roster_id>/import/", views.take_in, name="import_items"),
    path(f"{_IN}rosters/<str:roster_id>/accept/", views.accept, name="accept_items"),
    path(f"{_IN}rosters/<str:roster_id>/withdraw/", views.withdraw, name="withdraw_item"),
    path(f"{_IN}rosters/<str:roster_id>/draw/", views.draw, name="draw"),
    path(f"{_IN}rosters/<str:roster_id>/check/", views.check, name="check"),
    path(f"{_IN}rosters/<str:roster_id>/sheet.xlsx", views.sheet, name="sheet"),
    path(f"{_IN}statistics/", views.statistics, name="statistics"),
    path(f"{_IN}statistics.xlsx", views.statistics_sheet, name="statistics_sheet"),
]
