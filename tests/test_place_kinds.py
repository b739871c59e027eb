import pytest

from data.catalogue import HOURS, KINDS, kinds
from data.matching import feature_tags, kinds_of
from geo.errors import CatalogueError

FEATURES = {
    "library": {"amenity": "library", "access": "yes", "name": "Deichman Torshov"},
    "youth_centre": {
        "amenity": "community_centre",
        "community_centre": "youth_centre",
        "name": "Torshovdalen aktivitetshus",
    },
    "senior_centre": {
        "amenity": "community_centre",
        "community_centre:for": "senior",
        "name": "Vestvågøy eldresenter",
    },
    "family_centre": {
        "amenity": "community_centre",
        "community_centre:for": "child",
        "name": "LillaLuckan",
    },
    "volunteer_centre": {"amenity": "social_centre", "name": "Bodø frivilligsentral"},
    "parish_hall": {
        "amenity": "community_centre",
        "community_centre": "parish_hall",
        "religion": "christian",
    },
    "sports_club_house": {"amenity": "community_centre", "club": "sport", "name": "Klubbhuset"},
    "club_house": {"club": "scout", "name": "Oslo 32 KFUK-KFUM-speidere"},
    "makerspace": {"leisure": "hackerspace", "name": "Bitraf"},
    "music_school": {"amenity": "music_school", "name": "Bodø kulturskole"},
    "cinema": {"amenity": "cinema", "name": "Meieriet kino"},
    "theatre": {"amenity": "concert_hall", "name": "Riksscenen"},
    "museum": {"tourism": "museum", "fee": "yes", "name": "Arbeidermuseet"},
    "gallery": {"tourism": "gallery", "name": "Tegnerforbundet"},
    "arts_centre": {"amenity": "arts_centre", "name": "Schous kulturbryggeri"},
    "community_centre": {
        "amenity": "community_centre",
        "community_centre": "village_hall",
        "name": "Vik samfunnshus",
    },
    "events_venue": {"amenity": "events_venue", "building": "yes", "name": "Grendehuset"},
    "upper_secondary_school": {
        "amenity": "school",
        "isced:level": "3",
        "name": "Foss videregående skole",
    },
    "school": {"amenity": "school", "isced:level": "1;2", "name": "Sagene skole"},
    "schoolyard": {"leisure": "schoolyard", "surface": "asphalt"},
    "university": {"amenity": "college", "name": "Kunsthøgskolen i Oslo"},
    "kindergarten": {"amenity": "kindergarten", "name": "Bjørnehiet barnehage"},
    "childcare": {"amenity": "childcare", "name": "Malmingin päiväkoti"},
    "place_of_worship": {
        "amenity": "place_of_worship",
        "religion": "muslim",
        "building": "mosque",
    },
    "townhall": {"amenity": "townhall", "name": "Oslo rådhus"},
    "public_service": {
        "office": "government",
        "government": "social_welfare",
        "name": "NAV Sagene",
    },
    "day_centre": {
        "amenity": "social_facility",
        "social_facility": "soup_kitchen",
        "name": "Møtestedet",
    },
    "care_home": {
        "amenity": "social_facility",
        "social_facility": "nursing_home",
        "name": "Paulus sykehjem",
    },
    "swimming_pool": {"leisure": "sports_centre", "sport": "swimming", "name": "Tøyenbadet"},
    "ice_rink": {
        "leisure": "ice_rink",
        "sport": "ice_hockey;ice_skating",
        "name": "Grünerhallen",
    },
    "skatepark": {"leisure": "pitch", "sport": "skateboard", "surface": "concrete"},
    "fitness_station": {"leisure": "fitness_station", "sport": "fitness"},
    "track": {"leisure": "track", "sport": "running", "name": "Bislett stadion"},
    "sports_centre": {
        "leisure": "sports_centre",
        "sport": "multi",
        "name": "Vahl flerbrukshall",
    },
    "playground": {"leisure": "playground", "access": "yes"},
    "outdoor_games": {"leisure": "pitch", "sport": "table_tennis"},
    "miniature_golf": {"leisure": "miniature_golf", "fee": "yes"},
    "disc_golf": {"leisure": "disc_golf_course", "name": "Ekeberg frisbeegolf"},
    "sledging_hill": {"piste:type": "sled", "name": "Korketrekkeren"},
    "pitch": {"leisure": "pitch", "sport": "soccer;basketball", "surface": "artificial_turf"},
    "sauna": {"leisure": "sauna", "access": "customers", "operator": "Oslo Badstuforening"},
    "bathing_place": {"leisure": "beach_resort", "fee": "no", "name": "Operastranda"},
    "beach": {"natural": "beach", "surface": "sand", "name": "Sørenga Sjøbad"},
    "marina": {"leisure": "marina", "seamark:type": "harbour", "name": "Tjuvholmen"},
    "cabin": {"amenity": "shelter", "shelter_type": "basic_hut", "name": "Dagsturhytta Fuglan"},
    "lean_to": {"amenity": "shelter", "shelter_type": "lean_to", "fireplace": "yes"},
    "firepit": {"amenity": "bbq", "access": "yes", "fuel": "charcoal;wood"},
    "ski_track": {"piste:type": "nordic", "piste:grooming": "classic;skating", "lit": "yes"},
    "nature_reserve": {"leisure": "nature_reserve", "boundary": "protected_area"},
    "trailhead": {"highway": "trailhead", "name": "Maurvatnet"},
    "hiking_trail": {"route": "hiking", "name": "Keiservarden"},
    "recreation_area": {"leisure": "recreation_area", "name": "Maskinisten"},
    "cafe": {"amenity": "cafe", "cuisine": "coffee_shop", "outdoor_seating": "yes"},
    "community_garden": {
        "leisure": "garden",
        "garden:type": "community",
        "name": "Sagene takhage",
    },
    "dog_park": {"leisure": "dog_park"},
    "marketplace": {"amenity": "marketplace", "name": "Vanha Kauppahalli"},
    "park": {"leisure": "park", "name": "Sofienbergparken"},
    "square": {"highway": "pedestrian", "type": "multipolygon", "name": "Youngstorget"},
    "garden": {"leisure": "garden", "garden:type": "botanical", "name": "Dufthagen"},
    "common": {"landuse": "recreation_ground", "name": "Grünerhagen ballplass"},
    "bandstand": {"leisure": "bandstand", "amenity": "bandstand", "name": "Espan lava"},
    "pavilion": {"amenity": "shelter", "shelter_type": "gazebo", "name": "Lysthus"},
    "picnic_site": {"tourism": "picnic_site"},
    "picnic_table": {"leisure": "picnic_table"},
    "viewpoint": {"tourism": "viewpoint", "name": "Ekebergparken utsiktspunkt"},
}

MORE = [
    ("youth_centre", {"amenity": "youth_centre", "name": "Blåkors ungdomsklubb"}),
    (
        "senior_centre",
        {
            "amenity": "social_facility",
            "social_facility": "day_care",
            "social_facility:for": "senior",
        },
    ),
    (
        "parish_hall",
        {"amenity": "community_centre", "religion": "christian", "name": "Menighetshuset"},
    ),
    ("makerspace", {"community_centre": "bicycle_maintenance", "name": "Sykkelkjøkkenet Oslo"}),
    ("upper_secondary_school", {"amenity": "school", "isced:level": "1;2;3"}),
    (
        "childcare",
        {
            "amenity": "social_facility",
            "social_facility": "day_care",
            "social_facility:for": "child",
        },
    ),
    (
        "care_home",
        {
            "amenity": "social_facility",
            "social_facility": "assisted_living",
            "social_facility:for": "senior",
        },
    ),
    ("swimming_pool", {"leisure": "swimming_pool", "access": "yes"}),
    ("ice_rink", {"leisure": "pitch", "sport": "ice_skating"}),
    ("sports_centre", {"leisure": "stadium", "name": "Bislett stadion", "sport": "multi"}),
    ("bathing_place", {"leisure": "swimming_area"}),
    ("cabin", {"tourism": "wilderness_hut"}),
    ("firepit", {"leisure": "firepit"}),
    ("nature_reserve", {"boundary": "national_park", "name": "Saltfjellet–Svartisen"}),
    ("community_garden", {"landuse": "allotments", "name": "Rodeløkkens kolonihager"}),
    ("square", {"place": "square", "name": "Tøyen torg"}),
    ("common", {"landuse": "village_green", "name": "Nordraaks plass"}),
    ("garden", {"tourism": "museum", "leisure": "garden", "garden:type": "botanical"}),
    ("library", {"amenity": "library", "disused:amenity": "school"}),
    ("trailhead", {"tourism": "information", "information": "trailhead"}),
    ("museum", {"tourism": "information", "information": "visitor_centre"}),
]

NOT_A_PLACE = {
    "bus shelter": {"amenity": "shelter", "shelter_type": "public_transport"},
    "shelter of no type": {"amenity": "shelter", "building": "roof"},
    "bomb shelter": {"amenity": "shelter", "shelter_type": "bomb_shelter"},
    "bench": {"amenity": "bench", "backrest": "yes"},
    "bar": {"amenity": "bar", "club": "sport", "name": "The Good Knight"},
    "pub with music": {"amenity": "pub", "leisure": "music_venue"},
    "nightclub": {"amenity": "nightclub"},
    "restaurant": {"amenity": "restaurant"},
    "shop": {"shop": "books"},
    "dealer in art": {"tourism": "gallery", "shop": "art"},
    "office": {"office": "company"},
    "ministry": {"office": "government", "government": "ministry"},
    "prison service": {"office": "government", "government": "social_services"},
    "garden": {"leisure": "garden"},
    "private garden": {"leisure": "garden", "garden:type": "residential", "access": "yes"},
    "private pool": {"leisure": "swimming_pool", "access": "private"},
    "pool of no access": {"leisure": "swimming_pool"},
    "closed park": {"leisure": "park", "access": "no"},
    "courtyard": {"leisure": "playground", "access": "residents"},
    "private sauna": {"leisure": "sauna", "access": "private"},
    "disused school": {"disused:amenity": "school", "building": "school"},
    "school, disused": {"amenity": "school", "disused": "yes"},
    "library to be": {"amenity": "library", "building": "construction"},
    "closed for good": {"amenity": "cafe", "opening_hours": "closed"},
    "firing range": {"leisure": "pitch", "military": "range"},
    "shooting": {"leisure": "pitch", "sport": "shooting"},
    "gym": {"leisure": "fitness_centre"},
    "gym in disguise": {"leisure": "sports_centre", "sport": "fitness"},
    "home for addicts": {
        "amenity": "social_facility",
        "social_facility": "assisted_living",
        "social_facility:for": "drug_addicted",
    },
    "press room": {
        "amenity": "community_centre",
        "community_centre": "meeting_room",
        "community_centre:for": "press",
    },
    "school building": {"building": "school"},
    "driving school": {"amenity": "driving_school"},
    "wayside cross": {"amenity": "place_of_worship", "place_of_worship": "wayside_cross"},
    "lawn": {"landuse": "village_green"},
    "grass": {"landuse": "grass", "name": "Plenen"},
    "paved corner": {"highway": "pedestrian", "area": "yes"},
    "pedestrian street": {"highway": "pedestrian", "name": "Storgata"},
    "square below ground": {
        "highway": "footway",
        "place": "square",
        "area": "yes",
        "tunnel": "yes",
    },
    "signpost": {"tourism": "information", "information": "guidepost"},
    "unlit ski track": {"piste:type": "nordic"},
    "takeaway": {"amenity": "cafe", "takeaway": "only"},
    "horse track": {"leisure": "track", "sport": "horse_racing"},
    "bookcase": {"amenity": "public_bookcase"},
    "cemetery": {"landuse": "cemetery"},
    "nothing": {},
}


def test_no_kind_lacks_a_feature():
    assert list(FEATURES) == list(kinds())


@pytest.mark.parametrize(("kind", "tags"), [*FEATURES.items(), *MORE])
def test_a_feature_is_led_by_its_kind(kind, tags):
    assert kinds_of(tags)[0] == kind


@pytest.mark.parametrize("tags", FEATURES.values(), ids=FEATURES)
def test_a_feature_would_have_been_asked_for(tags):
    asked = feature_tags()
    assert any(
        tag in asked and (asked[tag] is None or asked[tag] & set(value.split(";")))
        for tag, value in tags.items()
    )


@pytest.mark.parametrize("tags", NOT_A_PLACE.values(), ids=NOT_A_PLACE)
def test_this_is_nowhere_to_meet(tags):
    assert kinds_of(tags) == ()


@pytest.mark.parametrize("tags", FEATURES.values(), ids=FEATURES)
def test_what_is_closed_to_the_public_is_no_kind_at_all(tags):
    assert kinds_of(tags | {"access": "private"}) == ()


@pytest.mark.parametrize("kind", kinds().values(), ids=kinds())
def test_a_kind_reads_well(kind):
    assert kind.label[0].isupper()
    assert not kind.label.endswith(".")
    assert kind.why.endswith(".")
    assert 20 < len(kind.why) < 160


def test_what_others_call_by_name_is_there():
    named = {"library", "park", "school", "playground", "pitch", "kindergarten"}
    assert named | {"community_centre", "place_of_worship"} <= kinds().keys()


def test_outdoor_kinds_are_always_open_and_schools_only_to_their_own():
    by_hours = {h: {k.key for k in kinds().values() if k.hours == h} for h in HOURS}
    outdoor = {k.key for k in kinds().values() if k.setting == "outdoor"}
    assert by_hours["school"] == {
        "upper_secondary_school",
        "school",
        "kindergarten",
        "childcare",
    }
    assert by_hours["always"] == outdoor - {"miniature_golf"}  # there one pays at a gate
    assert by_hours["told"] == kinds().keys() - by_hours["school"] - by_hours["always"]


def test_hours_that_nobody_knows_are_refused(tmp_path):
    wrong = KINDS.read_text(encoding="utf-8").replace('hours = "school"', 'hours = "late"', 1)
    (tmp_path / "k.toml").write_text(wrong, encoding="utf-8")
    with pytest.raises(CatalogueError) as refused:
        kinds(tmp_path / "k.toml")
    said = "k.toml [kinds.upper_secondary_school]: hours 'late' is unknown: choose from always"
    assert said in str(refused.value)
